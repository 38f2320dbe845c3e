/** What loads are played against on this machine, and the request that most of them ask. Knows no world. */
import http from 'node:http'
import type net from 'node:net'
import type { PlannedRequest } from '../../../grader/guest.ts'

/** A server whose accept queue holds one: the kernel drops further SYNs without a word. Prints its port. */
export const fullQueue = [
  'perl',
  '-MSocket',
  '-e',
  'socket(S, PF_INET, SOCK_STREAM, 0); bind(S, sockaddr_in(0, INADDR_LOOPBACK)); listen(S, 0); $| = 1; print((sockaddr_in(getsockname(S)))[0], "\\n"); sleep(30)',
] as const

export function request(change: Partial<PlannedRequest>): PlannedRequest {
  const usual = { connectTimeoutMs: 1_000, totalTimeoutMs: 5_000 }
  return { atMs: 0, src: '127.0.0.1', method: 'GET', path: '/', ...usual, ...change }
}

export async function serve(handler: http.RequestListener) {
  const server = http.createServer(handler)
  const peers = new Set<string>()
  server.on('connection', (socket) => peers.add(socket.remoteAddress ?? ''))
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))
  const { port } = server.address() as net.AddressInfo
  return {
    port,
    peers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
