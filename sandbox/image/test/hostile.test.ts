/**
 * Ten thousand frames of somebody who means no good, at each of the world's two legs: it goes on, keeps nothing of them, and no sanitizer finds
 * anything. Seeded: what failed once fails again.
 */
import { readdirSync, readFileSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { encodeFrame } from '../../wire.ts'
import { Bench, builtPrograms, Screen, until } from './harness.fixture.ts'
import { legB } from './leg-b.fixture.ts'

const minute = 60_000
const programs = builtPrograms()
const seed = Number(process.env.RINGSIDE_FUZZ_SEED ?? 20261126)
const total = 10_000
const [frameHeader, largestFrame] = [6, 1 << 20]

function chanceFrom(state: number) {
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number): number => Math.floor(next() * most)
  const of = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => below(256)))
  return { next, below, of, bytes }
}
type Chance = ReturnType<typeof chanceFrom>

const numbers = [
  '0',
  '1',
  '8',
  '9',
  '255',
  '256',
  '-1',
  '99999999999999999999',
  '0x10',
  '1e9',
  '',
  ' ',
  'x',
  '%n%s',
]
/** All but those that end the world when they are obeyed. */
const commands = [
  ...['hello', 'wait-ready', 'exec', 'load', 'background', 'background-stop', 'background-stats', 'netstat'],
  ...['wan', 'flood', 'upstream', 'world-stats', 'term-open', 'term-close', 'term-resize', 'term-foreground'],
  ...['echo-times', 'subscribe', 'unsubscribe', 'memo-set', 'memo-get', 'vm', 'no-such', ''],
]
const keys = [
  ...[
    'term',
    'channel',
    'client',
    'from',
    'window',
    'pace',
    'cols',
    'rows',
    'timeout',
    'limit',
    'name',
    'op',
  ],
  ...['dst', 'port', 'every', 'seconds', 'pps', 'mtu', 'delay', 'loss', 'until', 'keepalive'],
]

function oddRequest(chance: Chance): Buffer {
  const words = Array.from({ length: chance.below(7) }, () => {
    const value = chance.of([...numbers, '198.18.0.2', 'a'.repeat(chance.below(90)), 'start', 'live'])
    // Nothing of it may wait for long: deadlines are short.
    return chance.next() < 0.05 ? 'timeout=1' : `${chance.of(keys)}=${value}`
  })
  const line = `${chance.of(commands)} timeout=1 ${words.join(' ')}`.slice(0, chance.of([40, 400, 5000]))
  const body = chance.of([
    () => Buffer.alloc(0),
    () => Buffer.from(`at=0 src=198.18.0.1 method=GET path=/ connect_ms=1 total_ms=1 ${chance.of(keys)}=1`),
    () => chance.bytes(chance.below(400)),
    () => Buffer.alloc(chance.below(70_000), 0x20),
  ])()
  const id = Buffer.alloc(4)
  id.writeUInt32LE(chance.below(2 ** 32))
  return Buffer.concat([id, Buffer.from(chance.next() < 0.9 ? line : `${line}\0`), Buffer.from('\n'), body])
}

function frameA(chance: Chance): Buffer {
  const kind = chance.next()
  const channel = chance.of([0, 1, 2, 9, 255])
  if (kind < 0.02)
    return Buffer.concat([Buffer.from([0, 0, 0x10 + chance.below(200), chance.below(9)]), chance.bytes(2)])
  if (kind < 0.06)
    return encodeFrame({ type: chance.below(256), channel, payload: chance.bytes(chance.below(40)) })
  if (kind < 0.6)
    return encodeFrame({ type: 0x01, channel: chance.of([0, 0, 7]), payload: oddRequest(chance) })
  const payload = chance.bytes(chance.of([8, 8, 8, 8, 8, 9, 60, 2000, chance.next() < 0.1 ? 7 : 8]))
  if (payload.length >= 8 && chance.next() < 0.7) payload.writeBigUInt64LE(BigInt(chance.below(3000)), 0)
  return encodeFrame({ type: chance.of([0x02, 0x02, 0x03]), channel, payload })
}

function frameB(chance: Chance): Buffer {
  const channel = chance.of([0, 1, 2, 8, 9, 15, 16, 200, 255])
  const type = chance.next() < 0.85 ? chance.of(Object.values(legB)) : chance.below(256)
  // READY and rubbish lengths end all that runs; often enough, not always.
  if (type === legB.ready && chance.next() < 0.9) return frameB(chance)
  if (chance.next() < 0.01) return Buffer.from([0xff, 0xff, 0xff, 0x7f, type, channel])
  const length = chance.of([0, 1, 3, 4, 4, 4, 5, 16, 40, 900, chance.below(20_000)])
  const payload =
    chance.next() < 0.5 ? chance.bytes(Math.min(length, 2000)) : Buffer.alloc(length, chance.below(256))
  return encodeFrame({ type, channel, payload })
}

/** What the world holds on to. A sanitizer adds memory, but no more for more frames. */
function used(bench: Bench): { descriptors: number; megabytes: number } {
  const { pid } = bench.world
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
  return { descriptors: readdirSync(`/proc/${pid}/fd`).length, megabytes: (pages * 4096) / 2 ** 20 }
}

/** Whether these bytes claim a frame of more than 1 MiB: whoever reads them must hang up, and not wait for the rest. */
function claimTooMuch(bytes: Buffer): boolean {
  for (let at = 0; at + frameHeader <= bytes.length; ) {
    const length = bytes.readUInt32LE(at)
    if (length > largestFrame) return true
    at += frameHeader + length
  }
  return false
}

async function hungUp(socket: net.Socket, closed: Promise<void>): Promise<void> {
  socket.resume()
  const waits = delay(5_000, 'waits', { ref: false })
  if ((await Promise.race([closed, waits])) === 'waits')
    throw new Error('a frame that claims more than 1 MiB is waited for')
}

/** @returns how many of the connections claimed too much */
async function sendAll(
  open: () => net.Socket,
  frame: () => Buffer,
  count: number,
  chance: Chance,
): Promise<number> {
  let claimed = 0
  for (let sent = 0; sent < count; ) {
    const socket = open()
    socket.on('error', () => {})
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    const most = 20 + chance.below(60)
    const frames = Array.from({ length: most }, frame)
    const all = Buffer.concat(frames)
    // Cut anywhere, and sometimes left in the middle of one.
    const end = chance.next() < 0.3 ? chance.below(all.length) : all.length
    for (let at = 0; at < end; ) {
      const next = Math.min(end, at + 1 + chance.below(30_000))
      socket.write(all.subarray(at, next))
      at = next
      if (chance.next() < 0.2) await delay(1)
    }
    sent += most
    if (claimTooMuch(all.subarray(0, end))) {
      await hungUp(socket, closed)
      claimed++
    }
    if (chance.next() < 0.5) socket.resume()
    await Promise.race([closed, delay(10)])
    socket.destroy()
    await closed
  }
  return claimed
}

test(`the world lives through ${total} hostile frames of whoever connects (seed ${seed})`, {
  timeout: 2 * minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  for (let more = 0; more < 7; more++) await link.openTerminal({ cols: 80, rows: 24 })
  const open = () => net.connect(bench.serviceSocket)
  const round = async (part: number) => {
    const chance = chanceFrom(seed + part)
    expect(await sendAll(open, () => frameA(chance), total / 5, chance)).toBeGreaterThan(0)
    await delay(300)
    expect(bench.world.exitCode, bench.stderr.slice(-3000)).toBeNull()
  }
  await round(0)
  await round(1)
  const before = used(bench)
  for (let part = 2; part < 5; part++) await round(part)
  // One connection and its shells, whatever the others closed: that is noticed a moment later.
  await until(() => used(bench).descriptors <= before.descriptors)
  const after = used(bench)
  expect(after.megabytes - before.megabytes).toBeLessThan(30)

  const { terminals } = await link.hello()
  const mine = terminals.find(({ id, alive }) => id === terminal && alive)?.id
  const again = mine ?? (await link.openTerminal({ cols: 80, rows: 24 }))
  const screen = await Screen.open(link, again)
  screen.type('\x03\recho alive-$((6*7))\r')
  await screen.shows('alive-42')
})

test(`the world lives through ${total} hostile frames of an agent that lies (seed ${seed})`, {
  timeout: 2 * minute,
}, async () => {
  await using bench = await Bench.start(programs, { agent: false })
  const link = bench.link()
  const ready = [legB.ready, legB.timed].map((type) =>
    encodeFrame({ type, channel: 0, payload: Buffer.alloc(0) }),
  )
  const open = () => {
    const socket = net.connect(bench.agentSocket)
    for (const frame of ready) socket.write(frame)
    return socket
  }
  // Questions are under way while it lies, so that there are answers to be forged.
  const asking = setInterval(() => {
    link.openTerminal({ cols: 80, rows: 24 }).catch(() => {})
    link.foreground(1).catch(() => {})
    link.exec('true', { timeoutMs: 100 }).catch(() => {})
  }, 5)
  const round = async (part: number) => {
    const chance = chanceFrom(seed + 100 + part)
    expect(await sendAll(open, () => frameB(chance), total / 5, chance)).toBeGreaterThan(0)
    expect(bench.world.exitCode, bench.stderr.slice(-3000)).toBeNull()
  }
  await round(0)
  await round(1)
  const before = used(bench)
  for (let part = 2; part < 5; part++) await round(part)
  clearInterval(asking)
  await until(() => used(bench).descriptors <= before.descriptors)
  const after = used(bench)
  expect(after.megabytes - before.megabytes).toBeLessThan(60)

  bench.startAgent()
  await link.waitReady(10_000)
  await until(async () => (await link.exec('echo back').catch(() => null))?.stdout === 'back\n')
})
