/** One shell over a machine's own link, for the bench of moments: notices that it was drawn anew, and times a key. Knows no figure. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Link, Subscription } from '../../sandbox/link.ts'

const patienceMs = 30_000

export async function openShell(link: Link, terminal: number) {
  let next: number | null = null
  let jumped = false
  let seen = ''
  let typed = 0
  let subscription: Subscription | undefined
  subscription = await link.subscribe({
    terminal,
    client: 'bench-rewind',
    from: 'live',
    onStart: (state) => {
      typed = state.typed
      next = state.end
    },
    onOutput(offset, bytes) {
      if (offset !== next) jumped = true
      next = offset + bytes.length
      seen += bytes.toString('latin1')
      subscription?.ack(next)
    },
  })
  const until = async (what: string, ready: () => boolean): Promise<void> => {
    for (const deadline = performance.now() + patienceMs; !ready(); await pause(1))
      if (performance.now() > deadline) throw new Error(`The shell ${what} in time.`)
  }
  return {
    /** Its past has come, behind a gap. */
    redrawn: () => until('was not drawn anew', () => jumped),
    async echo(key: string): Promise<void> {
      seen = ''
      subscription?.type(typed, Buffer.from(key))
      await until(`did not echo ${key}`, () => seen.includes(key))
    },
    leave: () => subscription?.leave(),
  }
}
