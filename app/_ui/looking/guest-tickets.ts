/** Tickets for a machine that is somebody else's. Knows no socket. */
import { post } from '../ask.ts'
import type { Tickets } from '../terminal/socket.ts'

/** A ticket is good for a minute. */
const aheadMs = 20_000

/** From the route that decides whether this person may be here. The terminal's is asked for together with the page's, which it would else wait for. */
export function guestTickets(path: string): Tickets {
  const ask = (audience: 'terminal' | 'watch') => post<{ ticket: string }>(path, { audience })
  let ahead: { asked: number; result: ReturnType<Tickets> } | null = null
  return (audience) => {
    if (audience === 'watch') {
      ahead ??= { asked: Date.now(), result: ask('terminal') }
      return ask('watch')
    }
    const waiting = ahead
    if (waiting) ahead = { asked: 0, result: waiting.result }
    return waiting && Date.now() - waiting.asked < aheadMs ? waiting.result : ask('terminal')
  }
}
