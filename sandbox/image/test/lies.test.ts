/**
 * An agent that answers what it is asked, and lies: from the guest through the world into what the service reads, ten thousand answers. Beside
 * hostile.test.ts, whose agent guesses and so is hardly ever believed to have been asked.
 */
import { readFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Random, random } from '../../../labs/random.ts'
import { parseFrame } from '../../counters/parse.ts'
import { type GuestCounters, guestCountersSchema } from '../../counters/schema.ts'
import { LinkError } from '../../link.ts'
import { encodeFrame, type Frame, FrameDecoder } from '../../wire.ts'
import { Bench, builtPrograms } from './harness.fixture.ts'
import { legB } from './leg-b.fixture.ts'

const minute = 60_000
const programs = builtPrograms()
const seed = Number(process.env.RINGSIDE_FUZZ_SEED ?? 20261126)
const total = 10_000
/** What the world passes on of a machine's counters. */
const largestCounters = 64 * 1024

const recorded = Object.values(
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../counters/testing/recorded.json'), 'utf8')),
).map((text) => gunzipSync(Buffer.from(String(text), 'base64')))

class Liar {
  told = 0
  readonly #chance: Random
  #socket: net.Socket | null = null

  constructor(chance: Random) {
    this.#chance = chance
  }

  /** As an agent that has just started. */
  connect(bench: Bench): void {
    this.#socket?.destroy()
    const socket = net.connect(bench.agentSocket)
    const decoder = new FrameDecoder()
    socket.on('error', () => {})
    socket.on('data', (bytes: Buffer) => {
      for (const frame of decoder.push(bytes)) for (const lie of this.#answer(frame)) this.#say(socket, lie)
    })
    for (const type of [legB.ready, legB.timed])
      socket.write(encodeFrame({ type, channel: 0, payload: Buffer.alloc(0) }))
    this.#socket = socket
  }

  #say(socket: net.Socket, frame: Frame): void {
    this.told++
    socket.write(encodeFrame(frame))
  }

  #answer({ type, channel, payload }: Frame): Frame[] {
    const frame = (of: number, bytes: Buffer, on = channel): Frame => ({
      type: of,
      channel: on,
      payload: bytes,
    })
    switch (type) {
      case legB.count:
        // Only the first of them was asked for.
        return [0, 1, 2, 3].map(() => frame(legB.counted, Buffer.concat([payload, this.#counters()])))
      case legB.foreground:
        return [frame(legB.inFront, this.#bytes(this.#below(40)))]
      case legB.exec: {
        const output = this.#bytes(this.#below(5_000))
        const other = this.#chance.int(0, 255)
        return [
          frame(this.#chance.next() < 0.5 ? legB.stdout : legB.stderr, output),
          frame(legB.stdout, output, other),
          frame(legB.exit, this.#bytes(this.#below(9))),
          frame(legB.exit, this.#bytes(4)),
        ]
      }
      case legB.open:
        return [
          frame(legB.output, this.#bytes(this.#below(20_000))),
          frame(legB.wrote, this.#bytes(4)),
          frame(legB.closed, this.#bytes(this.#chance.next() < 0.7 ? 4 : 5)),
        ]
      case legB.input:
        return [frame(legB.output, payload), frame(legB.wrote, this.#bytes(4))]
      case legB.ping:
        return [frame(legB.pong, payload), frame(legB.pong, payload)]
      default:
        return []
    }
  }

  /** A machine's own, a little or much of it changed, cut, doubled; or more than may be. */
  #counters(): Buffer {
    const bytes = Buffer.from(recorded[this.#below(recorded.length)] as Buffer)
    const kind = this.#below(6)
    if (kind === 0) return bytes.subarray(0, this.#below(bytes.length))
    if (kind === 1) return this.#bytes(this.#below(900))
    if (kind === 2) return Buffer.concat([bytes.subarray(this.#below(bytes.length)), bytes])
    if (kind === 3 && this.#chance.next() < 0.1)
      return Buffer.alloc(largestCounters + 1 - 4 * this.#below(2), 1)
    for (let n = this.#below(200); n >= 0; n--) bytes[this.#below(bytes.length)] = this.#below(256)
    return bytes
  }

  #below(most: number): number {
    return this.#chance.int(0, most - 1)
  }

  #bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.#below(256)))
  }
}

test(`the service reads ${total} lies of an agent that was asked, and keeps to its bounds (seed ${seed})`, {
  timeout: 2 * minute,
}, async () => {
  await using bench = await Bench.start(programs, { agent: false })
  const liar = new Liar(random(seed, 'lies'))
  const link = bench.link()
  let [heard, largest] = [0, 0]
  let before: GuestCounters | null = null
  /** A refusal is an answer too; anything else is a bug of ours. */
  const refused = (error: unknown): null => {
    if (error instanceof LinkError) return null
    throw error
  }
  while (liar.told < total) {
    liar.connect(bench)
    await link.waitReady(5_000)
    for (let round = 0; round < 40; round++) {
      const [answer, run, opened] = await Promise.all([
        link.counters({ timeoutMs: 200 }).catch(refused),
        link.exec('true', { timeoutMs: 200, limit: 2_000 }).catch(refused),
        link.openTerminal({ cols: 80, rows: 24 }).catch(refused),
        link.foreground(1).catch(refused),
      ])
      if (run) expect(run.stdout.length + run.stderr.length).toBeLessThanOrEqual(4_000)
      if (opened !== null) await link.closeTerminal(opened).catch(refused)
      if (!answer?.guest) continue
      heard++
      largest = Math.max(largest, answer.guest.length)
      before = parseFrame(answer.guest, Date.now(), before)
      if (heard % 5 === 0) guestCountersSchema.parse(before)
    }
    expect(bench.world.exitCode, bench.stderr.slice(-3_000)).toBeNull()
  }
  expect(heard).toBeGreaterThan(total / 20)
  expect(largest).toBeLessThanOrEqual(largestCounters)
  await delay(100)
  expect((await link.hello()).state).toBe('running')
})
