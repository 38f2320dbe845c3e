/** One machine's windows are counted: who opens any number of them with a good ticket takes nothing from the rest of the service. */
import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import { closeCodes } from '../protocol/sockets.ts'
import { signTicket } from '../tickets.ts'
import { ServiceBench } from './bench.fixture.ts'
import { mostSockets } from './gateway.ts'
import { Page } from './page.fixture.ts'

const programs = builtPrograms()
const tooMany = 400

test('a machine has so many windows and no more; those that are open go on, and one that closes makes room', async () => {
  await using bench = await ServiceBench.start(programs)
  const { port, sandbox, owner, secret, origin } = bench
  const ticket = await signTicket({ aud: 'watch', sub: owner, sandbox }, secret)
  const page = await Page.open({ service: bench, port, client: 'honest' })
  await page.shows(/[$#] $/)
  const descriptors = async () => (await readdir(`/proc/${bench.pid}/fd`)).length
  const before = await descriptors()

  const closed: number[] = []
  const open = (): WebSocket => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/watch?ticket=${ticket}`, { origin })
    return socket.on('error', () => {}).on('close', (code) => closed.push(code))
  }
  const sockets = Array.from({ length: tooMany }, open)
  // The honest page is one of them.
  const refused = tooMany - (mostSockets - 1)
  await until(() => closed.length >= refused)
  expect(closed).toEqual(Array(refused).fill(closeCodes.unavailable))
  await until(async () => (await descriptors()) <= before + mostSockets)
  page.session.type('echo still-$((6*7))\r')
  await page.shows(/still-42\r/)

  const last = open()
  await until(() => closed.length > refused)
  expect(last.readyState).toBe(WebSocket.CLOSED)
  sockets.find(({ readyState }) => readyState === WebSocket.OPEN)?.close()
  await until(() => closed.length > refused + 1)
  const next = open()
  const told = new Promise((resolve) => next.once('message', (data) => resolve(String(data))))
  expect(await told).toMatch(/"type":"status"/)
  for (const socket of [...sockets, next]) socket.terminate()
  expect(bench.log.length).toBeLessThan(5_000)
})
