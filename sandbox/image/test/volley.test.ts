/** Datagrams of a plan, against the real collector and against ones that lie. */

import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { PlannedDatagrams } from '../../../grader/guest.ts'
import { Bench, builtPrograms, until } from './harness.fixture.ts'
import { request, serve } from './shop.ts'

const minute = 60_000
const held = 16_384
const programs = builtPrograms()

test('what arrives is counted, from many addresses, at once or spread', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const ports = await collector(bench)
  await using shop = await serve((_request, response) => response.end('x'))
  const link = await bench.readyLink()
  const { results } = await link.load({
    ...{ dst: '127.0.0.1', port: shop.port },
    requests: [
      volley({ ...ports, count: 3_000, bytes: 200, sources: 64, src: '127.0.1.1' }),
      request({ atMs: 20 }),
      volley({ ...ports, atMs: 10, count: 200, overMs: 600 }),
    ],
  })
  expect(results[0]).toMatchObject({ outcome: 'ok', sent: 3_000, delivered: 3_000, status: 0, head: '' })
  expect(results[1]).toMatchObject({ outcome: 'ok', status: 200 })
  expect(results[1]).not.toHaveProperty('sent')
  expect(results[2]).toMatchObject({ outcome: 'ok', sent: 200, delivered: 200 })
  // The settling time is part of it, and the sending must have taken its own.
  expect(results[0]?.connectUs).toBeGreaterThan(150_000)
  expect(results[2]?.connectUs).toBeGreaterThan(700_000)
  expect(results[2]?.bytes).toBeGreaterThanOrEqual(4 + 8 * 200)
})

test('no two datagrams begin alike, and each source has a port of its own', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  await using liar = await lyingCollector((socket, seen) => socket.end(list(seen)))
  const link = await bench.readyLink()
  const plan = { dst: '127.0.0.1', port: 9 }
  const line = volley({ ...liar.ports, count: 500, bytes: 16, sources: 5, src: '127.0.2.1' })
  expect((await link.load({ ...plan, requests: [line] })).results[0]).toMatchObject({ outcome: 'ok' })
  await link.load({ ...plan, requests: [line] })
  expect(new Set(liar.seen.map((one) => one.toString('hex'))).size).toBe(1_000)
  expect(liar.lengths).toEqual(new Set([16]))
  expect([...liar.sources].map((one) => one.split(':')[0]).sort()).toEqual([
    ...[1, 1, 2, 2, 3, 3, 4, 4, 5, 5].map((last) => `127.0.2.${last}`),
  ])
})

test('a collector that lies is given no more than arrived', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const against = async (answer: (socket: net.Socket, seen: Buffer[]) => void) => {
    await using liar = await lyingCollector(answer)
    const line = volley({ ...liar.ports, count: 100, totalTimeoutMs: 700 })
    const { results } = await link.load({ dst: '127.0.0.1', port: 9, requests: [line] })
    return results[0]
  }
  const all = { sent: 100 }
  // Half of them; each twice; none of ours; nothing at all.
  expect(await against((socket, seen) => socket.end(list(seen.slice(0, 50))))).toMatchObject({
    ...{ ...all, outcome: 'lost', delivered: 50 },
  })
  const twice = (seen: Buffer[]) => [...seen.slice(0, 50), ...seen.slice(0, 50)]
  expect(await against((socket, seen) => socket.end(list(twice(seen))))).toMatchObject({
    ...{ ...all, outcome: 'lost', delivered: 50 },
  })
  const rubbish = Array.from({ length: held }, () => Buffer.alloc(8, 7))
  expect(await against((socket) => socket.end(list(rubbish)))).toMatchObject({
    ...{ ...all, outcome: 'lost', delivered: 0 },
  })
  expect(await against((socket) => socket.end(list([])))).toMatchObject({
    ...{ ...all, outcome: 'lost', delivered: 0 },
  })
  // A huge count; less than told; an answer that never ends; one that never begins; a reset.
  const unknown = { ...all, delivered: -1 }
  const huge = Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3])
  expect(await against((socket) => socket.end(huge))).toMatchObject({ ...unknown, outcome: 'error' })
  const short = (seen: Buffer[]) => list(seen).subarray(0, -3)
  expect(await against((socket, seen) => socket.end(short(seen)))).toMatchObject({
    ...{ ...unknown, outcome: 'closed' },
  })
  expect(await against((socket, seen) => socket.write(short(seen)))).toMatchObject({
    ...{ ...unknown, outcome: 'read-timeout' },
  })
  expect(await against(() => {})).toMatchObject({ ...unknown, outcome: 'read-timeout' })
  expect(await against((socket) => socket.resetAndDestroy())).toMatchObject({ ...unknown, outcome: 'reset' })
  // More than told is nobody's business; one byte at a time is slow, but an answer.
  const more = (seen: Buffer[]) => Buffer.concat([list(seen), Buffer.alloc(100_000)])
  expect(await against((socket, seen) => socket.write(more(seen)))).toMatchObject({ ...all, outcome: 'ok' })
  const slowly = async (socket: net.Socket, bytes: Buffer) => {
    for (let i = 0; i < bytes.length; i += 3) {
      socket.write(bytes.subarray(i, i + 3))
      await delay(0)
    }
  }
  expect(await against((socket, seen) => void slowly(socket.setNoDelay(), list(seen)))).toMatchObject({
    ...{ ...all, outcome: 'ok', delivered: 100 },
  })
})

test('a server without a collector refuses, and the datagrams left all the same', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const ports = { port: await freePort(), askPort: await freePort() }
  const { results } = await link.load({
    ...{ dst: '127.0.0.1', port: 9 },
    requests: [volley({ ...ports, count: 2_000, sources: 3 })],
  })
  expect(results[0]).toMatchObject({ outcome: 'refused', sent: 2_000, delivered: -1, connectUs: -1 })
})

test('forty thousand in a plan are bounded, and so is everything else', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const ports = await collector(bench)
  const link = await bench.readyLink()
  const load = (changes: Partial<PlannedDatagrams>, lines = 1) =>
    link.load({
      ...{ dst: '127.0.0.1', port: 9 },
      requests: Array.from({ length: lines }, (_, i) => volley({ ...ports, atMs: i * 400, ...changes })),
    })
  const wrong: [Partial<PlannedDatagrams>, string, number?][] = [
    [{ count: 10_001 }, 'bad count'],
    [{ count: 0 }, 'are needed'],
    [{ bytes: 15 }, 'bad bytes'],
    [{ bytes: 1_401 }, 'bad bytes'],
    [{ sources: 257 }, 'bad sources'],
    [{ sources: 101, count: 100 }, 'more sources than datagrams'],
    [{ port: 0 }, 'bad port'],
    [{ askPort: 65_536 }, 'bad ask_port'],
    [{ overMs: 5_000 }, 'leaves no time'],
    [{ count: 9_000 }, 'more than 40000', 5],
    [{ atMs: 119_000 }, 'longer than 120 s'],
  ]
  for (const [changes, message, lines] of wrong) await expect(load(changes, lines)).rejects.toThrow(message)
  await expect(link.request('load', { dst: '127.0.0.1' }, 'at=0 kind=mail src=127.0.0.1')).rejects.toThrow(
    'bad kind',
  )
  const http = 'at=0 src=127.0.0.1 path=/ connect_ms=1 total_ms=1 count=3'
  await expect(link.request('load', { dst: '127.0.0.1' }, http)).rejects.toThrow('bad count')

  const { results } = await load({ count: 10_000, bytes: 32, sources: 256 }, 4)
  expect(results.map(({ sent }) => sent)).toEqual([10_000, 10_000, 10_000, 10_000])
})

test('the background counts datagrams one by one', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  await using liar = await lyingCollector((socket, seen) => socket.end(list(seen.slice(-90))))
  const link = await bench.readyLink()
  const line = volley({ ...liar.ports, count: 100 })
  await link.startBackground({ dst: '127.0.0.1', port: 9, requests: [line] }, 500)
  await until(async () => {
    const seconds = await link.backgroundStats(120)
    return seconds.some(
      ({ started, ok, failed, p50Us }) =>
        started > 0 && ok === started * 0.9 && failed === started * 0.1 && p50Us === -1,
    )
  })
})

test('the collector keeps the last sixteen thousand, and no scraps', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const ports = await collector(bench)
  const socket = dgram.createSocket('udp4')
  const send = (bytes: Buffer) =>
    new Promise((resolve) => socket.send(bytes, ports.port, '127.0.0.1', resolve))
  expect(await told(ports.askPort)).toEqual([])
  await send(Buffer.from('short'))
  await send(Buffer.from('12345678 and more'))
  expect(await told(ports.askPort)).toEqual([Buffer.from('12345678').toString('hex')])
  const number = (n: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeUInt32BE(n)
    return bytes
  }
  for (let n = 0; n < held + 100; n++) await send(number(n))
  const all = await told(ports.askPort)
  expect(all.length).toBe(held)
  expect(all[0]).toBe(number(100).toString('hex'))
  expect(all.at(-1)).toBe(number(held + 99).toString('hex'))
  socket.close()
})

function volley(change: Partial<PlannedDatagrams>): PlannedDatagrams {
  const usual = { sources: 1, count: 10, bytes: 64, port: 9, askPort: 9 }
  const times = { atMs: 0, connectTimeoutMs: 1_000, totalTimeoutMs: 5_000 }
  return { kind: 'datagrams', src: '127.0.0.1', ...usual, ...times, ...change }
}

async function collector(bench: Bench): Promise<{ port: number; askPort: number }> {
  const ports = { port: await freePort(), askPort: await freePort() }
  bench.run(programs.telemetryd, [String(ports.port), String(ports.askPort)])
  await until(() => told(ports.askPort).then(Boolean, () => false))
  return ports
}

async function told(port: number): Promise<string[]> {
  const socket = net.connect(port, '127.0.0.1')
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(part)
  const all = Buffer.concat(parts)
  const nonces = all.subarray(4).toString('hex').match(/.{16}/g) ?? []
  expect(all.readUInt32LE(0)).toBe(nonces.length)
  return nonces
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const list = (nonces: Buffer[]): Buffer => {
  const count = Buffer.alloc(4)
  count.writeUInt32LE(nonces.length)
  return Buffer.concat([count, ...nonces])
}

/** Hears the datagrams for real and answers as told. */
async function lyingCollector(answer: (socket: net.Socket, seen: Buffer[]) => void) {
  const seen: Buffer[] = []
  const sources = new Set<string>()
  const lengths = new Set<number>()
  const udp = dgram.createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
  udp.on('message', (bytes, { address, port }) => {
    seen.push(Buffer.from(bytes.subarray(0, 8)))
    sources.add(`${address}:${port}`)
    lengths.add(bytes.length)
  })
  const tcp = net.createServer((socket) => {
    socket.on('error', () => {})
    void whenAllHeard(() => answer(socket, seen))
  })
  // Node reads some tens of datagrams and then looks at its other sockets: those that came before the question may wait behind it.
  async function whenAllHeard(then: () => void): Promise<void> {
    for (let known = -1; known < seen.length; ) {
      known = seen.length
      for (let turns = 0; turns < 2; turns++) await turn()
    }
    then()
  }
  udp.bind(0, '127.0.0.1')
  tcp.listen(0, '127.0.0.1')
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')])
  return {
    seen,
    sources,
    lengths,
    ports: { port: udp.address().port, askPort: (tcp.address() as net.AddressInfo).port },
    async [Symbol.asyncDispose]() {
      udp.close()
      tcp.close()
    },
  }
}
