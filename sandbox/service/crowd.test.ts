/** Who opens any number of windows with a good ticket, or reads nothing of what they are sent, takes nothing from the rest of the service. */
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

test('a window that says it has read what it has not is ended, and whoever reads goes on', async () => {
  await using bench = await ServiceBench.start(programs)
  const { port, sandbox, owner, secret, origin } = bench
  const page = await Page.open({ service: bench, port, client: 'honest' })
  await page.shows(/[$#] $/)
  const ticket = await signTicket({ aud: 'terminal', sub: owner, sandbox, mode: 'type' }, secret)
  const glutton = new WebSocket(`ws://127.0.0.1:${port}/ws/terminal?ticket=${ticket}`, { origin })
  const ended = new Promise((resolve) => glutton.on('error', () => {}).on('close', resolve))
  await new Promise((resolve) => glutton.once('open', resolve))
  const say = (message: object) => glutton.send(JSON.stringify(message))
  const { terminal } = page
  say({
    ...{ type: 'attach', terminal, client: 'glutton', from: 'start' },
    cols: 80,
    rows: 24,
    generation: null,
  })
  await new Promise((resolve) => glutton.once('message', resolve))
  glutton.pause()
  // Never more than it was sent, which the world would not believe.
  let claimed = 0
  const claiming = setInterval(() => {
    claimed = Math.min(page.length, claimed + 512 * 1024)
    say({ type: 'ack', offset: claimed })
  }, 2)
  page.session.type('yes a long line of nothing | head -c 16000000; echo all-$((6*7))\r')
  await page.shows(/all-42\r/, 60_000)
  clearInterval(claiming)
  glutton.resume()
  await ended
  page.session.type('echo still-$((6*7))\r')
  await page.shows(/still-42\r/)
  page.leave()
}, 90_000)
