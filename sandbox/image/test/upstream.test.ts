/** The price service of the world, as its friends and its enemies meet it. Without a wire it listens on this machine's loopback. */
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Link } from '../../link.ts'
import { Bench, buildPrograms, type Programs, until } from './harness.fixture.ts'

const minute = 60_000
let programs: Programs
let nextPort = 20_000 + (process.pid % 2_000) * 5

beforeAll(async () => {
  programs = await buildPrograms()
}, 2 * minute)
afterAll(() => programs?.[Symbol.asyncDispose]())

test('prices come late, on one connection as long as both like', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const port = await open(link, { delayMs: 100 })
  const peer = await Peer.connect(port)
  const began = performance.now()
  // Both at once: the second waits its turn.
  peer.write('GET /prices HTTP/1.1\r\nHost: x\r\n\r\nHEAD /prices HTTP/1.1\r\nHost: x\r\n\r\n')
  await until(() => peer.text.split('HTTP/1.1 200 OK').length === 3)
  expect(performance.now() - began).toBeGreaterThan(190)
  const [, first = '', second = ''] = peer.text.split('HTTP/1.1 200 OK')
  const body = first.split('\r\n\r\n')[1] ?? ''
  expect(JSON.parse(body)).toMatchObject({ currency: 'EUR' })
  expect(first).toContain(`Content-Length: ${body.length}\r\nConnection: keep-alive`)
  expect(second.endsWith('\r\n\r\n')).toBe(true)
  peer.write('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
  await peer.ends()
  expect(peer.text).toContain('Connection: close')
  expect((await link.worldStats()).upstream).toEqual({ accepted: 1, requests: 3, open: 0, mostOpen: 1 })
})

test('told not to keep connections, it lets the client close first', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const port = await open(link, { delayMs: 0, keepAlive: false })
  const peer = await Peer.connect(port)
  peer.write('GET / HTTP/1.1\r\n\r\n')
  await until(() => peer.text.includes('Connection: close'))
  await delay(300)
  expect(peer.ended).toBe(false)
  await peer.ends()
  const old = await Peer.connect(port)
  old.write('GET / HTTP/1.0\r\n\r\n')
  await until(() => old.text.endsWith('}\n'))
  old.close()
  await until(async () => (await link.worldStats()).upstream.open === 0)
})

test('a limit keeps further clients waiting, and a delay can be changed', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const port = await open(link, { delayMs: 400, limit: 2 })
  const peers = await Promise.all(Array.from({ length: 5 }, () => Peer.connect(port)))
  for (const peer of peers) peer.write('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
  await delay(200)
  expect((await link.worldStats()).upstream).toMatchObject({ accepted: 2, open: 2, mostOpen: 2 })
  await link.openUpstream({ port, delayMs: 0, limit: 512 })
  await Promise.all(peers.map((peer) => until(() => peer.text.endsWith('}\n'))))
  // One that gives up while it waits is no longer counted as open.
  await link.openUpstream({ port, delayMs: 30_000 })
  const impatient = await Peer.connect(port)
  impatient.write('GET / HTTP/1.1\r\n\r\n')
  await until(async () => (await link.worldStats()).upstream.requests === 6)
  impatient.close()
  for (const peer of peers) peer.close()
  await until(async () => (await link.worldStats()).upstream.open === 0)
  await link.closeUpstream()
  await expect(Peer.connect(port)).rejects.toThrow('ECONNREFUSED')
})

test('enemies are told off and cost little', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const port = await open(link, { delayMs: 0 })
  const said = async (bytes: string | Buffer) => {
    const peer = await Peer.connect(port)
    peer.write(bytes)
    await until(() => peer.text.includes('\r\n\r\n') || peer.ended)
    peer.close()
    return peer.text.split('\r\n')[0]
  }
  expect(await said('POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc')).toContain(' 405 ')
  expect(await said('GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc')).toContain(' 413 ')
  expect(await said('GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')).toContain(' 413 ')
  expect(await said('GET /\r\n\r\n')).toContain(' 400 ')
  expect(await said('\r\n\r\n')).toContain(' 405 ')
  expect(await said(Buffer.alloc(100))).toContain(' 400 ')
  expect(await said(`GET / HTTP/1.1\r\nX: ${'x'.repeat(5_000)}`)).toContain(' 431 ')
  expect(await said(`GET / HTTP/1.1\r\nX: ${'x'.repeat(4_000)}\r\n\r\n`)).toContain(' 200 ')
  expect(await said('GET / HTTP/1.1\r\nConnection\r\nX:\r\n:\r\n\r\n')).toContain(' 200 ')
  // Every byte on its own, and one that talks on after its last answer.
  const slow = await Peer.connect(port)
  for (const letter of 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n') {
    slow.write(letter)
    await delay(1)
  }
  await until(() => slow.text.endsWith('}\n'))
  slow.write('x'.repeat(1_000_000))
  await slow.ends()
  // Far more than it serves: none of them is heard before others have gone, and it still answers then.
  const crowd = await Promise.all(Array.from({ length: 600 }, () => Peer.connect(port)))
  await until(async () => (await link.worldStats()).upstream.open === 512)
  for (const peer of crowd) peer.reset()
  await until(async () => (await link.worldStats()).upstream.open === 0)
  expect(await said('GET / HTTP/1.1\r\n\r\n')).toContain(' 200 ')
  expect((await link.worldStats()).upstream.mostOpen).toBe(512)
  // One that asks and never reads.
  const deaf = await Peer.connect(port)
  deaf.pause()
  for (let i = 0; i < 20_000; i++) deaf.write('GET / HTTP/1.1\r\n\r\n')
  await delay(300)
  expect(await said('GET / HTTP/1.1\r\n\r\n')).toContain(' 200 ')
  deaf.reset()
})

test('what cannot be is refused', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  await expect(link.request('upstream')).rejects.toThrow('port must be')
  await expect(link.request('upstream', { port: 80 })).rejects.toThrow('port must be')
  await expect(link.request('upstream', { port: 70_000 })).rejects.toThrow('port must be')
  await expect(link.openUpstream({ port: 9_000, delayMs: 60_001 })).rejects.toThrow('delay must be')
  await expect(link.openUpstream({ port: 9_000, delayMs: 0, limit: 513 })).rejects.toThrow('limit must be')
  const taken = net.createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as net.AddressInfo
  await expect(link.openUpstream({ port, delayMs: 0 })).rejects.toThrow('cannot be opened')
  taken.close()
  for (const line of ['wan mtu=1280', 'flood pps=1 dst=198.18.0.2 port=80'])
    await expect(link.request(line)).rejects.toThrow('there is no WAN here')
  await expect(link.request('wan mtu=575')).rejects.toThrow('mtu must be')
  await expect(link.request('flood pps=2001 dst=198.18.0.2 port=80')).rejects.toThrow('pps must be')
  expect(await link.worldStats()).toMatchObject({ flood: { sent: 0 }, wan: { forwarded: 0 } })
})

async function open(link: Link, how: { delayMs: number; keepAlive?: boolean; limit?: number }) {
  for (;;) {
    const port = nextPort++
    const opened = await link.openUpstream({ port, ...how }).then(
      () => true,
      () => false,
    )
    if (opened) return port
  }
}

class Peer {
  text = ''
  ended = false

  private constructor(private readonly socket: net.Socket) {
    socket.on('data', (bytes) => (this.text += bytes.toString('latin1')))
    socket.on('end', () => (this.ended = true))
    socket.on('close', () => (this.ended = true))
    socket.on('error', () => {})
  }

  static async connect(port: number): Promise<Peer> {
    const socket = net.connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Peer(socket)
  }

  write(bytes: string | Buffer): void {
    this.socket.write(bytes)
  }

  pause(): void {
    this.socket.pause()
  }

  reset(): void {
    this.socket.resetAndDestroy()
  }

  close(): void {
    this.socket.destroy()
  }

  ends(): Promise<void> {
    return until(() => this.ended)
  }
}
