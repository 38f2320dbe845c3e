/** The shells of a bench's machine as pages see them, and what is pushed to whoever watches. For tests only. */
import WebSocket from 'ws'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import { type TerminalInfo, type TerminalsMessage, watchMessageSchema } from '../protocol/watch.ts'
import { signTicket } from '../tickets.ts'
import type { ServiceBench } from './bench.fixture.ts'
import { Page } from './page.fixture.ts'

export const minute = 60_000
export const programs = builtPrograms()
export const size = { cols: 100, rows: 30 }

export const open = (
  bench: ServiceBench,
  client: string,
  more: Partial<Parameters<typeof Page.open>[0]> = {},
) => Page.open({ service: bench, port: bench.port, client, ...more })

/** What is pushed to somebody who watches. */
export async function watch(
  bench: ServiceBench,
): Promise<{ latest(): TerminalsMessage; list(): TerminalInfo[] }> {
  const { sandbox, owner, secret, origin } = bench
  const ticket = await signTicket({ aud: 'watch', sub: owner, sandbox }, secret)
  const socket = new WebSocket(`ws://127.0.0.1:${bench.port}/ws/watch?ticket=${ticket}`, {
    headers: { origin },
  })
  let latest: TerminalsMessage | null = null
  socket.on('message', (data) => {
    const message = watchMessageSchema.parse(JSON.parse(String(data)))
    if (message.type === 'terminals') latest = message
  })
  socket.on('error', () => {})
  await until(() => latest !== null)
  const now = (): TerminalsMessage => latest as unknown as TerminalsMessage
  return { latest: now, list: () => now().list }
}
