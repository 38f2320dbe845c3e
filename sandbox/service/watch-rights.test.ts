/** Who watches sees the machine's counters only when the lab and their ticket let them. No VM; the service and its socket are real. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import WebSocket from 'ws'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import type { TicketClaims } from '../protocol/tickets.ts'
import { type FromWatcher, type WatchMessage, watchMessageSchema } from '../protocol/watch.ts'
import { signTicket } from '../tickets.ts'
import { ServiceBench } from './bench.fixture.ts'

const programs = builtPrograms()
const answers = {
  stage: 'accept-queue',
  counter: 'TcpExtListenOverflows',
  value: 1,
  limit: 1,
  why: '',
} as const

async function watch(bench: ServiceBench, more: Partial<TicketClaims> = {}) {
  const { sandbox, owner, secret, origin, port } = bench
  const ticket = await signTicket({ aud: 'watch', sub: owner, sandbox, ...more }, secret)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/watch?ticket=${ticket}`, { headers: { origin } })
  const heard: WatchMessage[] = []
  socket.on('message', (data) => heard.push(watchMessageSchema.parse(JSON.parse(String(data)))))
  socket.on('error', () => {})
  await until(() => heard.length > 0)
  const ask = () => socket.send(JSON.stringify({ type: 'past', before: Date.now(), seconds: 60 }))
  /** Over when the service knows of it. */
  const leave = () => {
    const left = once(socket, 'close')
    socket.close()
    return left
  }
  const say = (message: FromWatcher) => socket.send(JSON.stringify(message))
  return { heard, ask, say, leave, types: () => new Set(heard.map(({ type }) => type)) }
}

test('a ticket that says never is shown no counters, live or past, and a status that says so', async () => {
  await using bench = await ServiceBench.start(programs)
  const open = await watch(bench)
  const hidden = await watch(bench, { counters: 'never' })
  // After a diagnosis the lab shows them. The stand-in's verdict is none that the client would take.
  await bench.client.check(bench.sandbox, answers).catch(() => {})
  await until(() => open.types().has('counters'))
  hidden.ask()
  // Two rounds more of the sampler reach whoever may see them.
  const before = open.heard.length
  await until(() => open.heard.length > before + 2)
  expect(hidden.types()).not.toContain('counters')
  const statuses = (heard: WatchMessage[]) =>
    heard.flatMap((one) => (one.type === 'status' ? [one.status.liveCounters] : []))
  expect(statuses(open.heard).at(-1)).toBe(true)
  expect(new Set(statuses(hidden.heard))).toEqual(new Set([false]))
})

test.each(['staff', 'member'] as const)(
  'a guest (%s) is shown none, live or past, nor what the clients see',
  async (as) => {
    await using bench = await ServiceBench.start(programs)
    const own = await watch(bench)
    await bench.client.check(bench.sandbox, answers).catch(() => {})
    await until(() => own.types().has('counters'))
    const guest = { name: 'Grace', cohort: '0197f7b0-0000-7000-8000-000000000001', as, asks: false }
    const visitor = await watch(bench, { sub: 'grace', mode: 'look', guest })
    visitor.ask()
    const before = own.heard.length
    await until(() => own.heard.length > before + 3)
    for (const type of ['counters', 'world']) expect(visitor.types()).not.toContain(type)
    const pasts = () => own.heard.filter((one) => one.type === 'counters' && one.past).length
    // Some came with the right to see them, unless there were none yet.
    const had = pasts()
    own.ask()
    await until(() => pasts() > had)
    // Nor is the machine asked for them on a guest's behalf.
    await own.leave()
    const left = Date.now()
    await delay(2_500)
    // Before the service can know of it: from then on all that is asked is asked by right.
    const came = Date.now()
    const back = await watch(bench)
    const times = () =>
      back.heard.flatMap((one) => (one.type === 'counters' ? one.seconds.map(({ t }) => t) : []))
    await until(() => times().some((t) => t >= came))
    expect(times().filter((t) => t > left + 1_000 && t < came)).toEqual([])
  },
)

test('a page that asks whether the line lives is answered, and told what time it is here', async () => {
  await using bench = await ServiceBench.start(programs)
  const page = await watch(bench)
  page.say({ type: 'ping' })
  await until(() => page.types().has('pong'))
  const [first] = page.heard
  expect(first?.type === 'status' && Math.abs(first.now - Date.now())).toBeLessThan(10_000)
})
