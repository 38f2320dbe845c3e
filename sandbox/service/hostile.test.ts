/**
 * Ten thousand requests, upgrades and frames of somebody who means no good, against the real service: it goes on, keeps nothing of it, and who
 * works meanwhile does not notice. Seeded: what failed once fails again.
 */
import { readdir } from 'node:fs/promises'
import net from 'node:net'
import { expect, test } from 'vitest'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import { signTicket } from '../tickets.ts'
import { ServiceBench } from './bench.fixture.ts'
import { Page } from './page.fixture.ts'

const programs = builtPrograms()
const seed = Number(process.env.RINGSIDE_FUZZ_SEED ?? 20261126)
const total = 10_000
const atOnce = 16

class Chance {
  #state: number
  constructor(from: number) {
    this.#state = from >>> 0
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  below(most: number): number {
    return Math.floor(this.next() * most)
  }
  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }
  bytes(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    for (let at = 0; at < length; at++) bytes[at] = this.below(256)
    return bytes
  }
}

interface Target {
  port: number
  sandbox: string
  origin: string
  tickets: string[]
  service: string
}

/** A value that no schema expects, but JSON can carry. */
function oddValue(chance: Chance, depth = 0): unknown {
  const plain = [
    ...[
      null,
      true,
      false,
      -1,
      0,
      1.5,
      1e308,
      -1e308,
      2 ** 53,
      4_294_967_296,
      '',
      'start',
      '\u0000',
      'ü\ud800',
    ],
    ...['__proto__', '../../etc/passwd', 'a'.repeat(chance.below(800)), [], {}],
  ]
  if (depth > 3 || chance.next() < 0.7) return chance.of(plain)
  if (chance.next() < 0.5) return Array.from({ length: chance.below(6) }, () => oddValue(chance, depth + 1))
  return Object.fromEntries(
    Array.from({ length: chance.below(5) }, () => [
      chance.of(['type', 'terminal', '__proto__', 'constructor', 'offset', 'x']),
      oddValue(chance, depth + 1),
    ]),
  )
}

const valid = [
  { type: 'attach', terminal: null, client: 'odd', from: 'start', cols: 80, rows: 24, generation: null },
  { type: 'attach', terminal: 1, client: 'odd', from: 0, cols: 80, rows: 24, generation: 0 },
  { type: 'resize', cols: 90, rows: 20 },
  { type: 'ack', offset: 12 },
  { type: 'ping' },
]

/** A message that is nearly right, or not at all. */
function oddMessage(chance: Chance): string {
  const kind = chance.next()
  if (kind < 0.1) return chance.bytes(chance.below(300)).toString('latin1')
  if (kind < 0.2) return JSON.stringify(oddValue(chance))
  if (kind < 0.25) return '['.repeat(chance.below(3_000))
  const message: Record<string, unknown> = { ...chance.of(valid) }
  if (kind < 0.85) message[chance.of(Object.keys(message))] = oddValue(chance)
  if (kind < 0.3) message[chance.of(['x', '__proto__'])] = oddValue(chance)
  const text = JSON.stringify(message)
  return kind > 0.95 ? text.slice(0, chance.below(text.length)) : text
}

/** A WebSocket frame as the RFC would have it, or as it would not. */
function oddFrame(chance: Chance): Buffer {
  const binary = chance.next() < 0.3
  const payload = binary
    ? chance.bytes(chance.of([0, 3, 7, 8, 9, 40, 2000]))
    : Buffer.from(oddMessage(chance))
  const right = chance.next() < 0.6
  const opcode = right ? (binary ? 2 : 1) : chance.below(16)
  const first =
    (right || chance.next() < 0.5 ? 0x80 : 0) | (right ? 0 : chance.of([0, 0, 0x40, 0x20, 0x10])) | opcode
  const masked = right || chance.next() < 0.8
  const head: number[] = [first]
  const lie = !right && chance.next() < 0.2
  if (lie)
    head.push(
      0x80 | 127,
      ...chance.of([
        [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
        [0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff],
      ]),
    )
  else if (payload.length < 126) head.push((masked ? 0x80 : 0) | payload.length)
  else head.push((masked ? 0x80 : 0) | 126, payload.length >> 8, payload.length & 0xff)
  const mask = chance.bytes(4)
  if (!masked) return Buffer.concat([Buffer.from(head), payload])
  const hidden = Buffer.from(payload.map((byte, at) => byte ^ (mask[at % 4] as number)))
  return Buffer.concat([Buffer.from(head), mask, hidden])
}

function upgrade(chance: Chance, { sandbox, origin, tickets }: Target, odd: boolean): string {
  const path = odd
    ? chance.of([
        '/ws/terminal',
        '/ws/watch',
        '/ws/',
        '/',
        '//',
        '/ws/terminal/../watch',
        '/ws/\u0000',
        `/${'a'.repeat(3000)}`,
      ])
    : chance.of(['/ws/terminal', '/ws/terminal', '/ws/terminal', '/ws/watch'])
  const ticket = odd
    ? chance.of(['', 'x', sandbox, 'a.b.c', `${tickets[0]}x`, chance.of(tickets)])
    : chance.of(tickets)
  const lines = [
    `GET ${path}?ticket=${ticket} HTTP/1.1`,
    'Host: x',
    `Origin: ${odd ? chance.of([origin, 'null', '', 'https://elsewhere']) : origin}`,
    'Connection: Upgrade',
    `Upgrade: ${odd ? chance.of(['websocket', 'h2c', '']) : 'websocket'}`,
    `Sec-WebSocket-Version: ${odd ? chance.of(['13', '8', 'x']) : 13}`,
    `Sec-WebSocket-Key: ${odd ? chance.of(['', 'short', 'AAAAAAAAAAAAAAAAAAAAAA==']) : 'AAAAAAAAAAAAAAAAAAAAAA=='}`,
  ]
  if (odd && chance.next() < 0.2)
    lines.push(`Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=${chance.below(99)}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function request(chance: Chance, { sandbox, service }: Target): string | Buffer {
  const kind = chance.next()
  if (kind < 0.15) return chance.bytes(chance.below(400))
  if (kind < 0.2) return `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(chance.below(600))}\r\n`
  const id = chance.of([
    sandbox,
    sandbox,
    'x',
    '..',
    '%2e%2e',
    '%',
    `${sandbox}/`,
    '0'.repeat(36),
    '__proto__',
  ])
  const rest = chance.of([
    ...[
      '',
      '/check',
      '/terminals',
      '/terminals/1/rename',
      '/terminals/99999999999/close',
      '/terminals/-1/close',
    ],
    ...['/recordings', '/recordings/0-1.cast', '/recordings/..%2f..%2fx', '/recordings/%00', '/nothing'],
  ])
  const method = chance.of(['GET', 'POST', 'PUT', 'OPTIONS', 'PATCH', 'HEAD', 'TRACE', 'BREW'])
  const body = chance.of([
    () => '',
    () => oddMessage(chance),
    () => JSON.stringify({ name: oddValue(chance) }),
    () => JSON.stringify({ cols: oddValue(chance), rows: oddValue(chance) }),
    () => JSON.stringify({ answers: oddValue(chance) }),
    () => 'x'.repeat(chance.next() < 0.2 ? 70_000 : 500),
  ])()
  const bearer = chance.of([service, service, service, 'x', '', 'a.b.c'])
  const told = chance.of([Buffer.byteLength(body), Buffer.byteLength(body), 5, 1e9, -1])
  const framing = chance.next() < 0.9 ? `Content-Length: ${told}` : 'Transfer-Encoding: chunked'
  return `${method} /sandboxes/${id}${rest} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${bearer}\r\n${framing}\r\n\r\n${body}`
}

/** One connection of somebody who means no good. How many requests and frames it was. */
async function attack(chance: Chance, target: Target): Promise<number> {
  const socket = net.connect(target.port, '127.0.0.1')
  socket.on('error', () => {})
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const kind = chance.next()
  let sent = 1
  if (kind < 0.45) {
    socket.write(request(chance, target))
  } else if (kind < 0.6) {
    socket.write(upgrade(chance, target, true))
  } else {
    socket.write(upgrade(chance, target, false))
    // The answer is not waited for, as no attacker would; the first message is right half the time.
    if (chance.next() < 0.5) socket.write(textFrame(JSON.stringify(chance.of(valid))))
    for (const frames = 1 + chance.below(6); sent < frames + 1; sent++) socket.write(oddFrame(chance))
  }
  if (chance.next() < 0.3) socket.end()
  else socket.resume()
  await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 10))])
  if (chance.next() < 0.5) socket.resetAndDestroy()
  else socket.destroy()
  return sent
}

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

const descriptors = async (pid: number): Promise<number> => (await readdir(`/proc/${pid}/fd`)).length

/** Bytes in use after the garbage was collected. */
async function heapOf(bench: ServiceBench): Promise<number> {
  const before = bench.log.length
  process.kill(bench.pid, 'SIGUSR2')
  const said = () => /heap=(\d+) external=(\d+)/.exec(bench.log.slice(before))
  await until(() => said() !== null)
  const [, heap, external] = said() ?? []
  return Number(heap) + Number(external)
}

test(`the service lives through ${total} hostile requests and frames (seed ${seed}) and keeps nothing of them`, {
  timeout: 300_000,
}, async () => {
  await using bench = await ServiceBench.start(programs)
  const { port, sandbox, origin, owner, secret } = bench
  const page = await Page.open({ service: bench, port, client: 'honest' })
  await page.shows(/[$#] $/)
  // All that may be opened is, so that what is counted later was not opened by right.
  for (let n = 2; n <= 8; n++) await bench.client.openTerminal(sandbox, { cols: 80, rows: 24 })
  const ticket = (aud: 'terminal' | 'watch' | 'service', mode?: 'look' | 'type') =>
    signTicket({ aud, sub: aud === 'service' ? 'app' : owner, sandbox, mode }, secret)
  const renewed = async (): Promise<Target> => ({
    ...{ port, sandbox, origin },
    tickets: await Promise.all([ticket('terminal', 'look'), ticket('terminal', 'type'), ticket('watch')]),
    service: await ticket('service'),
  })

  let done = 0
  async function round(from: number, most: number): Promise<void> {
    const target = await renewed()
    const until_ = done + most
    await Promise.all(
      Array.from({ length: atOnce }, async (_, worker) => {
        const chance = new Chance(from + worker)
        while (done < until_) {
          done += await attack(chance, target)
          if (bench.exited) throw new Error(`the service died:\n${bench.log.slice(-3000)}`)
        }
      }),
    )
    // Closed connections are noticed a moment later.
    await new Promise((resolve) => setTimeout(resolve, 500))
  }

  const used = async () => ({ descriptors: await descriptors(bench.pid), heap: await heapOf(bench) })
  // The first thousands also warm up what is compiled and kept once.
  let before = await used()
  for (let part = 0; part < 10; part++) {
    await round(seed + part * 1000, total / 10)
    page.session.type(`echo still-${part}-$((6*7))\r`)
    await page.shows(new RegExp(`still-${part}-42\\r`))
    if (part === 2) before = await used()
  }
  await until(async () => (await descriptors(bench.pid)) <= before.descriptors + 4)
  const after = await used()
  expect(done).toBeGreaterThanOrEqual(total)
  expect((after.heap - before.heap) / 2 ** 20).toBeLessThan(8)
  expect(page.clears).toBe(1)
  expect(page.state.phase).toBe('live')
  // Nobody fills the log with it either.
  expect(bench.log.length).toBeLessThan(20_000)
})
