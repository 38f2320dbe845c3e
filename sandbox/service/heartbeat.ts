/**
 * Ends WebSockets whose browser is gone: a laptop that was closed sends no FIN. Knows no message but ping and pong.
 */
import type { WebSocket, WebSocketServer } from 'ws'

export const heartbeatMs = 20_000

/** Who has not answered one heartbeat by the next is gone. @returns what stops it */
export function keepAlive(sockets: Pick<WebSocketServer, 'clients'>): () => void {
  const known = new WeakSet<WebSocket>()
  const answered = new WeakSet<WebSocket>()
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      // A book of its own: that somebody listens for a socket's answers says nothing, others do so, too.
      if (!known.has(socket)) {
        known.add(socket)
        socket.on('pong', () => answered.add(socket))
        answered.add(socket)
      }
      if (!answered.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, heartbeatMs)
  return () => clearInterval(timer)
}
