/**
 * /ws/watch: pushes a room's status when it changes, and once a second what the world's clients saw. Knows no terminal.
 */
import type { RawData } from 'ws'
import type { BackgroundSecond } from '../link.ts'
import { closeCodes, lookSchema, type WatchMessage, type WorldSecond } from '../protocol.ts'
import type { Serve } from './serve.ts'

const historySeconds = 120
const tickMs = 1_000

/** Serves until the socket closes. Nothing is asked of the machine while nobody watches, or while it sleeps. */
export const serveWatch: Serve = (socket, room, { look }) => {
  const send = (message: WatchMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  let sentUntil = 0
  let generation = room.status.generation
  let asking = false

  async function sendWorld(): Promise<void> {
    const { state, suspendedAt } = room.status
    if (asking || state !== 'ready' || suspendedAt !== null) return
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
  const timer = setInterval(sendWorld, tickMs)
  socket.on('message', (data) => {
    const message = parse(data)
    if (message) look.set(message.seen)
    else socket.close(closeCodes.badMessage, 'not a message that belongs here')
  })
  socket.on('close', () => {
    unwatch()
    clearInterval(timer)
  })
  send({ type: 'status', status: room.status })
  void sendWorld()
}

function parse(data: RawData) {
  try {
    return lookSchema.parse(JSON.parse(String(data)))
  } catch {
    return null
  }
}

function toMilliseconds({ p50Us, p95Us, maxUs: _, ...second }: BackgroundSecond): WorldSecond {
  const ms = (us: number): number | null => (us < 0 ? null : us / 1000)
  return { ...second, p50Ms: ms(p50Us), p95Ms: ms(p95Us) }
}
