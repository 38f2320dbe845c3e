/**
 * /ws/watch: pushes a room's status and its list of shells when they change, and once a second what the world's clients saw. Knows no terminal's
 * content.
 */
import type { WebSocket } from 'ws'
import type { BackgroundSecond } from '../link.ts'
import type { WatchMessage, WorldSecond } from '../protocol.ts'
import type { Room } from './room.ts'

const historySeconds = 120
const tickMs = 1_000

/** Serves until the socket closes. Nothing is asked of the machine while nobody watches. */
export function serveWatch(socket: WebSocket, { room }: { room: Room }): void {
  const send = (message: WatchMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  let sentUntil = 0
  let generation = room.status.generation
  let asking = false

  async function sendWorld(): Promise<void> {
    const { state } = room.status
    if (asking || state !== 'ready') return
    if (generation !== room.status.generation) {
      generation = room.status.generation
      sentUntil = 0
    }
    asking = true
    try {
      const seconds = await room.machine.link.backgroundStats(sentUntil === 0 ? historySeconds : 5)
      const fresh = seconds.filter((second) => second.t > sentUntil)
      sentUntil = fresh.at(-1)?.t ?? sentUntil
      if (fresh.length > 0) send({ type: 'world', seconds: fresh.map(toMilliseconds) })
    } catch {
      // The machine died or was reset between two ticks; its status says so on this same socket.
    } finally {
      asking = false
    }
  }

  const unwatch = room.watch((status) => send({ type: 'status', status }))
  const unwatchTerminals = room.watchTerminals(send)
  const timer = setInterval(sendWorld, tickMs)
  socket.on('close', () => {
    unwatch()
    unwatchTerminals()
    clearInterval(timer)
  })
  send({ type: 'status', status: room.status })
  const { terminalList } = room
  if (terminalList) send(terminalList)
  void sendWorld()
}

function toMilliseconds({ p50Us, p95Us, maxUs: _, ...second }: BackgroundSecond): WorldSecond {
  const ms = (us: number): number | null => (us < 0 ? null : us / 1000)
  return { ...second, p50Ms: ms(p50Us), p95Ms: ms(p95Us) }
}
