import { appendFile, mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lineWriter } from './lines.ts'
import { aSecond } from './second.fixture.ts'
import { counterStore, countersFile, secondsBefore } from './store.ts'

let home: string
let file: string
const said: string[] = []
const log = (line: string) => void said.push(line)

beforeEach(async () => {
  said.length = 0
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-counters-'))
  file = countersFile(path.join(home, 'recordings', 'a-sandbox'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function filled(count: number, maxBytes?: number) {
  const store = counterStore({ file, log, maxBytes })
  for (let i = 0; i < count; i++) {
    store.append(aSecond(i * 1_000, { stack: { TcpInSegs: i * 3 } }))
    if (i % 50 === 0) await store.settled()
  }
  await store.settled()
  return store
}

test('what was kept is there for the next service, however the last one ended', async () => {
  await filled(10)
  await appendFile(file, '{"t":10000,"generation":0,"wor')
  const next = counterStore({ file, log })
  next.append(aSecond(11_000))
  await next.settled()
  const all = await counterStore({ file, log }).before(Number.POSITIVE_INFINITY, 100)
  expect(all.map(({ t }) => t / 1_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11])
})

test('older seconds are found from the end backwards', async () => {
  const store = await filled(3_000)
  expect((await stat(file)).size).toBeGreaterThan(600_000)
  expect((await store.before(2_000_000, 3)).map(({ t }) => t)).toEqual([1_997_000, 1_998_000, 1_999_000])
  expect((await store.before(5_000, 100)).map(({ t }) => t)).toEqual([0, 1_000, 2_000, 3_000, 4_000])
  expect((await store.before(5_000, 100))[2]?.guest?.stack?.TcpInSegs).toBe(6)
  expect(await store.before(0, 100)).toEqual([])
})

test('in a file of many megabytes any moment is found, and none costs reading all of it', async () => {
  const line = lineWriter()
  const many = Array.from({ length: 5_000 }, (_, i) =>
    line(aSecond(i * 1_000, { nic: null, stack: { TcpInSegs: i } })),
  )
  const padding = `#${' '.repeat(1_500)}`
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, many.map((one) => `${one}\n${padding}\n`).join(''))
  expect((await stat(file)).size).toBeGreaterThan(8 << 20)
  await using handle = await open(file)
  for (const t of [1_000_000, 2_345_678, 4_999_000, Number.POSITIVE_INFINITY, 3_000, 1, 0]) {
    let read = 0
    const counting = {
      stat: () => handle.stat(),
      read: (buffer: Buffer, offset: number, length: number, position: number) => {
        read += length
        return handle.read(buffer, offset, length, position)
      },
    }
    const found = await secondsBefore(counting as never, t, 300)
    const last = Math.min(5_000, Math.ceil(t / 1_000))
    expect(found.map(({ t }) => t / 1_000)).toEqual(
      Array.from({ length: Math.min(300, last) }, (_, i) => Math.max(0, last - 300) + i),
    )
    expect(found.every(({ t, guest }) => guest?.stack?.TcpInSegs === t / 1_000)).toBe(true)
    expect(read).toBeLessThan(5 << 20)
  }
  // Nor does a question for more than there is room for.
  const most = await secondsBefore(handle, 4_000_000, 100_000)
  expect(most.length).toBeGreaterThan(500)
  expect(most.length).toBeLessThan(2_500)
})

test('a file that has grown too large loses every second reading of its older half, never the newest', async () => {
  const store = await filled(2_000, 100_000)
  expect((await stat(file)).size).toBeLessThan(120_000)
  const all = await store.before(Number.POSITIVE_INFINITY, 10_000)
  expect(all[0]?.t).toBe(0)
  expect(all.slice(-20).map(({ t }) => t / 1_000)).toEqual(Array.from({ length: 20 }, (_, i) => 1_980 + i))
  expect(all.every(({ t, guest }) => guest?.stack?.TcpInSegs === (t / 1_000) * 3)).toBe(true)
  expect(await readdir(path.dirname(file))).toEqual(['counters.ndjson'])
})

test('while a large file is thinned everybody else has their turn again and again', async () => {
  const line = lineWriter()
  const lines = Array.from({ length: 10_000 }, (_, i) => line(aSecond(i * 1_000, { nic: null })))
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `${lines.join('\n')}\n`)
  const store = counterStore({ file, log, maxBytes: 100_000 })
  // By the processor's time, which does not pass while a busy host lets us wait.
  const spent = () => process.cpuUsage().user / 1_000
  const began = spent()
  let last = began
  let longest = 0
  let thinned = false
  const turn = () => {
    longest = Math.max(longest, spent() - last)
    last = spent()
    if (!thinned) setTimeout(turn)
  }
  turn()
  store.append(aSecond(10_000_000))
  await store.settled()
  thinned = true
  expect(longest).toBeLessThan((spent() - began) / 4)
})

test('a disk that takes nothing costs the seconds, and is told once', async () => {
  await writeFile(path.join(home, 'recordings'), 'in the way')
  const store = await filled(200)
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/counters are not kept/)
  await rm(path.join(home, 'recordings'))
  store.append(aSecond(999_000))
  await store.settled()
  expect(await store.before(Number.POSITIVE_INFINITY, 10)).toEqual([aSecond(999_000)])
})

test('without a file there is no past', async () => {
  expect(await counterStore({ file, log }).before(Date.now(), 100)).toEqual([])
})
