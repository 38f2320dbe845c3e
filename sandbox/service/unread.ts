/**
 * Ends WebSockets whose browser does not read what it is sent, however its messages say that it does: what waits for it lies in this process's
 * memory, which everybody shares. Knows no message.
 */
import type { WebSocket, WebSocketServer } from 'ws'

/** A page of ours has at most 1 MiB that it has not acknowledged, and at most twice that of a machine's past. */
const mostUnreadBytes = 4 << 20
const lookMs = 1_000

type Unread = Pick<WebSocket, 'bufferedAmount' | 'terminate'>

/** False when it had to be ended. To be asked wherever much is sent. */
export function keepsReading(socket: Unread): boolean {
  if (socket.bufferedAmount <= mostUnreadBytes) return true
  socket.terminate()
  return false
}

/** Each message may be answered. */
export function watchReading(socket: WebSocket): void {
  socket.on('message', () => keepsReading(socket))
}

/** What nobody asked for is sent, too. @returns what stops it */
export function endUnread(sockets: Pick<WebSocketServer, 'clients'>): () => void {
  const timer = setInterval(() => {
    for (const socket of sockets.clients) keepsReading(socket)
  }, lookMs)
  return () => clearInterval(timer)
}
