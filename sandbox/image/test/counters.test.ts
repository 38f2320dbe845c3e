/** Counters on this machine's own kernel: what the agent reads and when, and what the world makes of answers, late ones, none and lies. */
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { encodeFrame, FrameDecoder } from '../../wire.ts'
import { Bench, builtPrograms, until } from './harness.fixture.ts'
import { AgentAlone, legB, u32 } from './leg-b.fixture.ts'

const minute = 60_000
const programs = builtPrograms()

/** Sections of a frame: text by id. */
function sections(bytes: Buffer): Map<number, string> {
  const found = new Map<number, string>()
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt16LE(at + 2)
    found.set(bytes.readUInt8(at), bytes.subarray(at + 4, at + 4 + length).toString('latin1'))
    at += 4 + length
    expect(at).toBeLessThanOrEqual(bytes.length)
  }
  return found
}

async function ask(alone: AgentAlone, nonce: number): Promise<Map<number, string>> {
  alone.frames.length = 0
  alone.send(legB.count, 0, u32(nonce))
  const { payload } = await alone.got(legB.counted)
  expect(payload.readUInt32LE()).toBe(nonce)
  return sections(payload.subarray(4))
}

test('the agent reads what the kernel counts, and only when it is asked', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  await delay(300)
  expect(alone.frames.map(({ type }) => type)).toEqual([legB.ready])
  const first = await ask(alone, 7)
  expect([...first.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
  expect(first.get(1)).toMatch(/^TcpExt: .*ListenOverflows.*\nTcpExt: \d/)
  expect(first.get(2)).toMatch(/^Tcp: .*RetransSegs/m)
  expect(first.get(3)).toMatch(/^[0-9a-f]{8} [0-9a-f]{8} /)
  expect(first.get(4)).toMatch(/NET_RX:/)
  expect(first.get(5)).toMatch(/^cpu {2}\d[\d ]+\n(cpu\d+ [\d ]+\n)+$/)
  expect(first.get(6)).toMatch(/^MemTotal:/)
  expect(first.get(7)).toMatch(/^TCP: inuse \d+/m)
  expect(first.get(16)).toMatch(/^somaxconn \d+$/m)
})

test('what changes seldom is not read again at once', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  await ask(alone, 1)
  const second = await ask(alone, 2)
  expect(second.has(1)).toBe(true)
  expect(second.has(6) || second.has(16)).toBe(false)
})

test('a listener, its waiting connections and its limit are told', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  const server = net.createServer((socket) => socket.resume()).listen(0, '127.0.0.1', 17)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as net.AddressInfo
  const clients = Array.from({ length: 3 }, () => net.connect(port, '127.0.0.1'))
  await until(() => clients.every((one) => !one.connecting))
  await delay(50)
  const told = (await ask(alone, 3)).get(13) ?? ''
  for (const one of clients) one.destroy()
  server.close()
  expect(told).toMatch(new RegExp(`^listen ${port} 0 17 3 0$`, 'm'))
  expect(told).toMatch(/^state 1 \d+$/m)
  expect(told).toMatch(/^queues \d+ \d+$/m)
  expect(told).toMatch(/^fullest in \d+ \d+ \d+$/m)
})

test('requests of the wrong length are nobody’s', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  for (const length of [0, 3, 5, 40]) alone.send(legB.count, 0, Buffer.alloc(length))
  alone.frames.length = 0
  alone.send(legB.ping, 0, u32(1))
  await alone.got(legB.pong)
  expect(alone.frames.some(({ type }) => type === legB.counted)).toBe(false)
})

test('the agent’s memory does not grow with the asking', { timeout: minute }, async () => {
  await using alone = await AgentAlone.start(programs)
  const fds = async () => (await import('node:fs/promises')).readdir(`/proc/${alone.agent.pid}/fd`)
  for (let i = 0; i < 20; i++) await ask(alone, i)
  const before = (await fds()).length
  for (let i = 0; i < 200; i++) await ask(alone, i)
  expect((await fds()).length).toBe(before)
})

test('the world answers with its own clock, and many who ask at once get one reading', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const other = await bench.readyLink()
  // An agent that is slow, so that all three have asked before it answers.
  bench.agent.kill('SIGSTOP')
  const asked = [link.counters(), other.counters(), link.counters({ timeoutMs: 5_000 })]
  // What is asked on a connection is taken in its order: when this is answered, those have been.
  await Promise.all([link.hello(), other.hello()])
  bench.agent.kill('SIGCONT')
  const answers = await Promise.all(asked)
  expect(answers.map(({ t }) => t)).toEqual(answers.map(() => answers[0]?.t))
  for (const { t, tookUs, guest, seconds } of answers) {
    expect(Math.abs(t - Date.now())).toBeLessThan(2_000)
    expect(tookUs).toBeGreaterThan(0)
    expect(guest?.length).toBeGreaterThan(1_000)
    expect(seconds).toEqual([])
  }
})

test('the seconds since the last question come along', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const late = { atMs: 50_000, kind: 'http', src: '127.0.0.1', method: 'GET', path: '/' } as const
  const requests = [{ ...late, connectTimeoutMs: 100, totalTimeoutMs: 100 }]
  await link.startBackground({ dst: '127.0.0.1', port: 9, requests }, 60_000)
  await delay(2_300)
  const { seconds } = await link.counters({ since: 0 })
  expect(seconds.length).toBeGreaterThanOrEqual(2)
  const last = seconds.at(-1)?.t ?? 0
  expect((await link.counters({ since: last })).seconds.length).toBeLessThanOrEqual(1)
  expect((await link.counters()).seconds).toEqual([])
})

test('an agent that says nothing is a gap, not an error', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  bench.agent.kill('SIGSTOP')
  const began = performance.now()
  const [gap, another] = await Promise.all([
    link.counters({ timeoutMs: 300 }),
    link.counters({ timeoutMs: 5_000 }),
  ])
  expect(performance.now() - began).toBeLessThan(4_000)
  expect([gap.guest, another.guest]).toEqual([null, null])
  bench.agent.kill('SIGCONT')
  // The late answer to the old question must not be taken for the one to the new.
  const again = await link.counters({ timeoutMs: 5_000 })
  expect(again.guest?.length).toBeGreaterThan(1_000)
  expect(again.t).toBeGreaterThan(gap.t)
})

test('an agent that lies about nonce and length is not believed', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs, { agent: false })
  const link = bench.link()
  const socket = net.connect(bench.agentSocket)
  const decoder = new FrameDecoder()
  const asked: number[] = []
  socket.on('data', (bytes: Buffer) => {
    for (const { type, payload } of decoder.push(bytes)) {
      if (type === legB.time)
        socket.write(encodeFrame({ type: legB.timed, channel: 0, payload: Buffer.alloc(0) }))
      if (type === legB.count) asked.push(payload.readUInt32LE())
    }
  })
  const say = (payload: Buffer) => socket.write(encodeFrame({ type: legB.counted, channel: 0, payload }))
  socket.write(encodeFrame({ type: legB.ready, channel: 0, payload: Buffer.alloc(0) }))
  await link.waitReady(5_000)
  for (const unasked of [Buffer.alloc(0), Buffer.alloc(3), Buffer.alloc(70_000)]) say(unasked)
  const answer = link.counters({ timeoutMs: 2_000 })
  await until(() => asked.length === 1)
  const nonce = u32(asked[0] as number)
  say(Buffer.concat([u32((asked[0] as number) + 1), Buffer.from('another one')]))
  say(Buffer.concat([nonce, Buffer.alloc(64 * 1024)]))
  say(nonce.subarray(0, 2))
  say(Buffer.concat([nonce, Buffer.from('mine')]))
  say(Buffer.concat([nonce, Buffer.from('twice')]))
  expect((await answer).guest?.toString()).toBe('mine')
  expect((await link.counters({ timeoutMs: 100 })).guest).toBeNull()
  socket.destroy()
})

test('without an agent there is a gap at once, and rubbish is refused', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  for (const line of ['counters timeout=0', 'counters timeout=99999', 'counters since=x'])
    await expect(link.request(line)).rejects.toThrow('must be a number')
  bench.agent.kill('SIGKILL')
  await until(async () => (await link.hello()).agent === 'down')
  const began = performance.now()
  expect((await link.counters({ timeoutMs: 5_000 })).guest).toBeNull()
  expect(performance.now() - began).toBeLessThan(4_000)
})
