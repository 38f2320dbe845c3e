/**
 * /ws/watch, kept open: the machine's status and the world's seconds as they come; opened again after a loss. Knows no React.
 */
import { closeCodes } from '#/sandbox/protocol/sockets.ts'
import { type FromWatcher, type WatchMessage, watchMessageSchema } from '#/sandbox/protocol/watch.ts'
import { socketAddress, type Tickets, tellLooks } from '../terminal/socket.ts'
import { type Liveness, liveness } from './liveness.ts'

export type Connection = 'connecting' | 'live' | 'waiting' | 'over'

export interface WatchEvents {
  message(message: WatchMessage): void
  connection(connection: Connection): void
}

const retryMs = { first: 300, longest: 8000 }
/** A service that restarts may not know its machines at once. */
const unknownRetries = 5

export interface Watching {
  /** Lost when there is no connection: what is said here is answered by what comes, or not at all. */
  say(message: FromWatcher): void
  stop(): void
}

export function watchSandbox(tickets: Tickets, events: WatchEvents): Watching {
  let stopped = false
  let losses = 0
  let socket: WebSocket | null = null
  let line: Liveness | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** For the next try, which nothing else is under way to. */
  let waiting = false

  async function open() {
    clearTimeout(timer)
    waiting = false
    events.connection(losses === 0 ? 'connecting' : 'waiting')
    const result = await tickets('watch')
    if (stopped) return
    if (!result.ok) return lost(result.status === 404 || result.status === 409 ? closeCodes.noSandbox : 0)
    const mine = new WebSocket(socketAddress('watch', result.value.ticket))
    socket = mine
    line = liveness({ ask: () => say({ type: 'ping' }), dead: () => lost(0) })
    tellLooks(mine)
    mine.onmessage = ({ data }) => {
      const message = watchMessageSchema.safeParse(JSON.parse(String(data)))
      if (socket !== mine || !message.success) return
      losses = 0
      line?.heard()
      events.connection('live')
      if (message.data.type !== 'pong') events.message(message.data)
    }
    mine.onclose = ({ code }) => {
      if (socket === mine) lost(code)
    }
  }

  function drop() {
    line?.stop()
    const open = socket
    socket = null
    open?.close()
  }

  function lost(code: number) {
    if (stopped) return
    drop()
    losses++
    if (code === closeCodes.ended || (code === closeCodes.noSandbox && losses > unknownRetries)) {
      return events.connection('over')
    }
    events.connection('waiting')
    const ms = Math.min(retryMs.longest, retryMs.first * 2 ** (losses - 1))
    waiting = true
    timer = setTimeout(open, ms * (0.5 + Math.random() / 2))
  }

  function say(message: FromWatcher) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }

  /** A network that is back, a laptop that wakes: what there is may be dead, and what is waited for need not be. */
  const awake = () => {
    if (document.visibilityState === 'hidden') return
    if (socket) line?.probe()
    else if (waiting) void open()
  }
  window.addEventListener('online', awake)
  document.addEventListener('visibilitychange', awake)
  void open()
  return {
    say,
    stop() {
      stopped = true
      clearTimeout(timer)
      window.removeEventListener('online', awake)
      document.removeEventListener('visibilitychange', awake)
      drop()
    },
  }
}
