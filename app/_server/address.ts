/**
 * From where somebody asks, for counting wrong tries. Next believes whatever a browser writes into X-Forwarded-For; this notes the real peer of
 * each connection before Next sees the request. A proxy on this machine is believed: of what it says, the last part, which it added itself.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

const peerHeader = 'x-ringside-peer'

/** Once, at the start of the process. https://nodejs.org/api/diagnostics_channel.html#http: published before anybody handles the request. */
export function notePeers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    request.headers[peerHeader] = request.socket.remoteAddress ?? ''
  })
}

export function addressOf(headers: Headers): string {
  const peer = headers.get(peerHeader) ?? ''
  if (!isLoopback(peer)) return peer || 'unknown'
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || peer
}

const isLoopback = (peer: string): boolean => peer === '::1' || /^(::ffff:)?127\./.test(peer)
