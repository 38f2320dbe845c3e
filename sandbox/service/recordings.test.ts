/** What is kept of recordings, for how long and how much; and that players play them. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { type Recording, readCast } from './recording.ts'
import { Recordings, type RecordingsOptions } from './recordings.ts'

const run = promisify(execFile)
const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`
const player = '/usr/bin/asciinema'
const size = { cols: 80, rows: 24 }

async function home(options: Partial<RecordingsOptions> = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ringside-recordings-'))
  return {
    folder,
    recordings: new Recordings({ home: folder, days: 7, submissionDays: 400, ...options }),
    of: (sandbox: string) => path.join(folder, 'recordings', sandbox),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

interface Heard {
  written: number
  stopped: unknown[]
}

async function open(
  recordings: Recordings,
  sandbox: string,
  terminal = 1,
): Promise<{ recording: Recording; heard: Heard }> {
  const heard: Heard = { written: 0, stopped: [] }
  const recording = await recordings.recorder(sandbox, 0)?.open(terminal, {
    title: 'test',
    size,
    onWritten: (offset) => {
      heard.written = offset
    },
    onStopped: (reason) => heard.stopped.push(reason),
  })
  if (!recording) throw new Error('nothing is recorded')
  return { recording, heard }
}

test('what is over its time goes, with all that lies beside it; what is live or young stays', async () => {
  await using house = await home()
  const old = (Date.now() - 8 * 86_400_000) / 1000
  for (const n of [1, 2, 3, 4]) {
    await mkdir(house.of(id(n)), { recursive: true })
    for (const name of ['0-1.cast', 'counters.ndjson']) {
      await writeFile(path.join(house.of(id(n)), name), 'x')
      if (n !== 3) await utimes(path.join(house.of(id(n)), name), old, old)
    }
    if (n !== 4) await utimes(house.of(id(n)), old, old)
  }
  await house.recordings.sweep(new Set([id(2)]))
  expect((await readdir(path.join(house.folder, 'recordings'))).sort()).toEqual([id(2), id(3), id(4)])
  await new Recordings({ home: house.folder, days: 0, submissionDays: 400 }).sweep(new Set([id(2)]))
  expect(await readdir(path.join(house.folder, 'recordings'))).toEqual([id(2)])
})

test('what was handed in is kept for longer, until its own time is over', async () => {
  await using house = await home()
  const aged = async (sandbox: string, days: number) => {
    const at = (Date.now() - days * 86_400_000) / 1000
    for (const name of await readdir(house.of(sandbox)))
      await utimes(path.join(house.of(sandbox), name), at, at)
    await utimes(house.of(sandbox), at, at)
  }
  for (const n of [1, 2]) {
    await mkdir(house.of(id(n)), { recursive: true })
    await writeFile(path.join(house.of(id(n)), '0-1.cast'), 'x')
  }
  await house.recordings.keep(id(1))
  await house.recordings.keep(id(1))
  for (const nothing of [id(3), '..', '']) await house.recordings.keep(nothing)
  for (const n of [1, 2]) await aged(id(n), 399)
  await house.recordings.sweep(new Set())
  expect(await readdir(path.join(house.folder, 'recordings'))).toEqual([id(1)])
  expect((await house.recordings.list(id(1))).map(({ name }) => name)).toEqual(['0-1.cast'])
  await aged(id(1), 401)
  await house.recordings.sweep(new Set())
  expect(await readdir(path.join(house.folder, 'recordings'))).toEqual([])
})

test('all shells of a sandbox share one bound, and opening shell after shell makes no file for each', async () => {
  await using house = await home({ mostBytesOfSandbox: 20_000 })
  for (let terminal = 1; terminal <= 60; terminal++) {
    const recorder = house.recordings.recorder(id(1), 0)
    const recording = await recorder?.open(terminal, { title: 't', size, onWritten() {}, onStopped() {} })
    recording?.output(0, Buffer.alloc(3_000, 0x61))
    await recording?.close()
  }
  const all = await house.recordings.list(id(1))
  expect(all.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(20_000)
  expect(all.length).toBeLessThan(10)
})

test('a file that was cut anywhere by a crash is gone on with, at the byte that is missing', async () => {
  await using house = await home()
  const first = await open(house.recordings, id(1))
  for (let at = 0; at < 3000; at += 100) first.recording.output(at, Buffer.from('ü'.repeat(50)))
  await first.recording.close()
  expect(first.heard.written).toBe(3000)
  const file = path.join(house.of(id(1)), '0-1.cast')
  const whole = await readFile(file)
  for (const cut of [0, 1, 60, 200, 333, 1000, whole.length - 1]) {
    await writeFile(file, whole)
    await truncate(file, cut)
    const again = await open(house.recordings, id(1))
    const { offset } = again.recording
    again.recording.output(offset, Buffer.from('ü'.repeat((3000 - offset) / 2)))
    await again.recording.close()
    const read = await readCast(file)
    expect(read?.state).toMatchObject({ offset: 3000, full: false })
    expect((await readFile(file, 'utf8')).match(/ü/g)).toHaveLength(1500)
  }
})

test('a gap that the ring has overtaken is said, and counts', async () => {
  await using house = await home()
  const { recording, heard } = await open(house.recordings, id(1))
  recording.output(0, Buffer.from('abc'))
  recording.output(1003, Buffer.from('def'))
  await recording.end(0)
  expect(heard.written).toBe(1006)
  const text = await readFile(path.join(house.of(id(1)), '0-1.cast'), 'utf8')
  expect(text).toMatch(/"abc"\]\n.*"m", "not recorded: 1000 bytes"\]\n.*"def"\]\n.*"shell ended: 0"\]\n$/)
})

test('a machine that goes back to a moment begins on an empty screen, once, and an ended shell lives again', async () => {
  await using house = await home()
  const first = await open(house.recordings, id(1))
  first.recording.output(0, Buffer.from('past future \xc3', 'latin1'))
  await first.recording.end(0)
  const again = await open(house.recordings, id(1))
  expect(again.recording.stopped).toBe(true)
  again.recording.returned(2, 20)
  again.recording.output(20, Buffer.from('past '))
  again.recording.returned(2, 20)
  again.recording.output(25, Buffer.from('now'))
  await again.recording.close()
  expect(again.heard.written).toBe(28)
  const file = path.join(house.of(id(1)), '0-1.cast')
  expect((await readCast(file))?.state).toMatchObject({ offset: 28, epoch: 2, ended: false, full: false })
  const lines = (await readFile(file, 'utf8')).trim().split('\n').slice(1)
  expect(lines.map((line) => JSON.parse(line).slice(1))).toEqual([
    ['o', 'past future '],
    ['o', '\ufffd'],
    ['m', 'shell ended: 0'],
    ['o', '\u001bc'],
    ['m', 'back at a moment: return 2, byte 20'],
    ['o', 'past '],
    ['o', 'now'],
  ])
})

test('a recording that is full says nothing of a moment that the machine goes back to', async () => {
  await using house = await home({ mostBytesOfTerminal: 2_000 })
  const first = await open(house.recordings, id(1))
  first.recording.output(0, Buffer.alloc(5_000, 0x61))
  await first.recording.close()
  const again = await open(house.recordings, id(1))
  again.recording.returned(1, 5_001)
  again.recording.output(5_001, Buffer.from('past'))
  await again.recording.close()
  expect((await readCast(path.join(house.of(id(1)), '0-1.cast')))?.state).toMatchObject({
    full: true,
    epoch: 0,
  })
})

test.skipIf(!existsSync(player))('asciinema plays them', async () => {
  await using house = await home()
  const { recording } = await open(house.recordings, id(1))
  recording.output(0, Buffer.from('grüße 接続 🦀 \u001b[31mred\u001b[0m\r\n'))
  recording.mark('check')
  recording.resize({ cols: 100, rows: 30 })
  recording.output(40, Buffer.from([0x61, 0xff, 0x62, 0x0d, 0x0a]))
  await recording.end(0)
  const file = path.join(house.of(id(1)), '0-1.cast')
  // It wants a terminal of its own, which `script` gives it.
  const { stdout } = await run('script', ['-qec', `${player} play -s 100 ${file}`, '/dev/null'], {
    env: { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', HOME: house.folder },
  })
  expect(stdout.replaceAll('\r', '')).toContain('grüße 接続 🦀 \u001b[31mred\u001b[0m\na\ufffdb\n')
})

test('what was recorded of a sandbox can be removed whole, and nothing beside it', async () => {
  await using house = await home()
  for (const n of [1, 2]) {
    await mkdir(house.of(id(n)), { recursive: true })
    for (const name of ['0-1.cast', 'counters.ndjson']) await writeFile(path.join(house.of(id(n)), name), 'x')
  }
  await house.recordings.remove(id(1))
  await house.recordings.remove(id(1))
  for (const bad of ['..', '', `../${id(2)}`, '.']) await house.recordings.remove(bad)
  expect(await readdir(path.join(house.folder, 'recordings'))).toEqual([id(2)])
  expect(await house.recordings.list(id(1))).toEqual([])
})

test('what was counted is found beside the recordings, and nothing outside of them', async () => {
  await using house = await home()
  await mkdir(house.of(id(1)), { recursive: true })
  await writeFile(path.join(house.of(id(1)), 'counters.ndjson'), 'x')
  expect(await house.recordings.counters(id(1))).toBe(path.join(house.of(id(1)), 'counters.ndjson'))
  expect(await house.recordings.counters(id(2))).toBeNull()
  expect(await house.recordings.counters('../elsewhere')).toBeNull()
})
