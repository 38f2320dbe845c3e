/** Terminals that never let go: whatever is cut, killed or reloaded, not a byte is lost or comes twice. No VM; everything else is real. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { builtPrograms, until } from '../image/test/harness.fixture.ts'
import { ServiceBench, Wire } from './bench.fixture.ts'
import { Page } from './page.fixture.ts'

const minute = 60_000
const programs = builtPrograms()

function chance(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
}

/** Bytes of every value, without a pattern that repeats. */
function noise(length: number, seed: number): Buffer {
  const next = chance(seed)
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; at++) bytes[at] = Math.floor(next() * 256)
  return bytes
}

/** A shell that prints `printed` as it is, a little at a time, while everything typed goes into a file. */
async function printAndTake(bench: ServiceBench, page: Page, printed: Buffer): Promise<string> {
  const file = (name: string) => path.join(bench.world.folder, name)
  const [from, to, script] = [file('printed'), file('taken'), file('script')]
  await writeFile(from, printed)
  await writeFile(
    script,
    `stty raw -echo
    echo start
    (for i in $(seq 0 ${Math.ceil(printed.length / 65_536) - 1}); do
      tail -c +$((i * 65536 + 1)) ${from} | head -c 65536
      sleep 0.02
    done; echo end) &
    exec cat >${to}`,
  )
  page.session.type(`exec sh ${script}\r`)
  await page.shows(/start\n/)
  return to
}

const between = (page: Page): Buffer => {
  const { bytes } = page
  const [start, end] = [bytes.indexOf('start\n') + 6, bytes.lastIndexOf('end\n')]
  return bytes.subarray(start, end)
}

async function taken(file: string, length: number): Promise<Buffer> {
  await until(async () => (await stat(file)).size >= length, 30_000)
  return readFile(file)
}

/** Types a long paste in pieces while something happens again and again, until both are through. */
async function pasteThrough(
  current: () => Page,
  pasted: Buffer,
  disturb: () => Promise<void>,
): Promise<number> {
  let times = 0
  for (let at = 0; at < pasted.length; ) {
    const next = Math.min(pasted.length, at + 37_123)
    await until(() => current().session.type(pasted.subarray(at, next)), 30_000)
    at = next
    await disturb()
    times++
  }
  return times
}

test('connections that break at random in a flood and in a paste', { timeout: 2 * minute }, async () => {
  await using bench = await ServiceBench.start(programs)
  using wire = await Wire.to(bench.port)
  const next = chance(4711)
  const page = await Page.open({ service: bench, port: wire.port, client: 'one' })
  const [printed, pasted] = [noise(3_000_000, 1), noise(1_500_000, 2)]
  const file = await printAndTake(bench, page, printed)
  const cuts = await pasteThrough(
    () => page,
    pasted,
    async () => {
      await delay(20 + next() * 80)
      wire.cut()
    },
  )
  expect(cuts).toBeGreaterThan(30)
  await page.shows(/end\n$/, 60_000)
  expect(page.clears).toBe(1)
  expect(between(page).equals(printed)).toBe(true)
  expect((await taken(file, pasted.length)).equals(pasted)).toBe(true)
})

test('a network that is dead without a word is found out, and left', { timeout: minute }, async () => {
  await using bench = await ServiceBench.start(programs)
  using wire = await Wire.to(bench.port)
  const page = await Page.open({ service: bench, port: wire.port, client: 'sleeper' })
  await page.shows(/[$#] $/)
  wire.goDead()
  page.session.type("echo a''fter\r")
  // The laptop wakes up: the page asks, and hears nothing.
  page.session.probe()
  await delay(1_000)
  wire.goDead(false)
  await page.shows(/after\r\n/, 15_000)
  expect(page.text.match(/after\r\n/g)).toHaveLength(1)
  expect(page.clears).toBe(1)
})

test('a page that is loaded again and again in a flood and in a paste', { timeout: 2 * minute }, async () => {
  await using bench = await ServiceBench.start(programs)
  const next = chance(99)
  let page = await Page.open({ service: bench, port: bench.port, client: 'one' })
  // Within what is kept, so that each page sees the whole of it.
  const [printed, pasted] = [noise(900_000, 3), noise(600_000, 4)]
  const file = await printAndTake(bench, page, printed)
  await pasteThrough(
    () => page,
    pasted,
    async () => {
      await delay(20 + next() * 60)
      page = await page.reload()
    },
  )
  await page.shows(/end\n$/, 60_000)
  expect(between(page).equals(printed)).toBe(true)
  expect((await taken(file, pasted.length)).equals(pasted)).toBe(true)
})

test('a service that is killed in a flood and in a paste', { timeout: 2 * minute }, async () => {
  await using bench = await ServiceBench.start(programs)
  const next = chance(5)
  const page = await Page.open({ service: bench, port: bench.port, client: 'one' })
  const [printed, pasted] = [noise(3_000_000, 5), noise(400_000, 6)]
  const file = await printAndTake(bench, page, printed)
  let round = 0
  await pasteThrough(
    () => page,
    pasted,
    async () => {
      await delay(next() * 200)
      if (round++ % 3 !== 0) return
      await bench.kill()
      await bench.boot()
    },
  )
  await page.shows(/end\n$/, 60_000)
  expect(page.clears).toBe(1)
  expect(between(page).equals(printed)).toBe(true)
  expect((await taken(file, pasted.length)).equals(pasted)).toBe(true)
})
