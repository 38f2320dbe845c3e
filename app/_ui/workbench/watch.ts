/**
 * /ws/watch, kept open: the machine's status and the world's seconds as they come; opened again after a loss. Knows no React.
 */
import { closeCodes } from '#/sandbox/protocol/sockets.ts'
import { type FromWatcher, type WatchMessage, watchMessageSchema } from '#/sandbox/protocol/watch.ts'
import { socketAddress, type Tickets, tellLooks } from '../terminal/socket.ts'

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
  let timer: ReturnType<typeof setTimeout> | undefined

  async function open() {
    events.connection(losses === 0 ? 'connecting' : 'waiting')
    const result = await tickets('watch')
    if (stopped) return
    if (!result.ok) return lost(result.status === 404 || result.status === 409 ? closeCodes.noSandbox : 0)
    socket = new WebSocket(socketAddress('watch', result.value.ticket))
    tellLooks(socket)
    socket.onmessage = ({ data }) => {
      const message = watchMessageSchema.safeParse(JSON.parse(String(data)))
      if (stopped || !message.success) return
      losses = 0
      events.connection('live')
      events.message(message.data)
    }
    socket.onclose = ({ code }) => lost(code)
  }

  function lost(code: number) {
    if (stopped) return
    socket = null
    losses++
    if (code === closeCodes.ended || (code === closeCodes.noSandbox && losses > unknownRetries)) {
      return events.connection('over')
    }
    events.connection('waiting')
    const ms = Math.min(retryMs.longest, retryMs.first * 2 ** (losses - 1))
    timer = setTimeout(open, ms * (0.5 + Math.random() / 2))
  }

  const retryNow = () => {
    if (stopped || socket) return
    clearTimeout(timer)
    void open()
  }
  window.addEventListener('online', retryNow)
  void open()
  return {
    say(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      window.removeEventListener('online', retryNow)
      socket?.close()
    },
  }
}
