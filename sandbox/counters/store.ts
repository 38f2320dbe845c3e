/**
 * A sandbox's seconds on disk, kept for its life and a while beyond: RINGSIDE_HOME/recordings/<sandbox>/counters.ndjson. Append-only and read from
 * its end, so that any process may be killed at any moment: at worst its last line is torn, and whoever goes on begins a new one. Bounded: when
 * the file has grown too large its older half loses every second reading. Knows no socket and no machine.
 */
import { appendFile, type FileHandle, mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { lineReader, lineWriter, readLines } from './lines.ts'
import type { CountersSecond } from './schema.ts'

export interface CounterStore {
  /** Returns at once; what cannot be written is told once and lost. */
  append(second: CountersSecond): void
  /** The seconds before a moment (unix milliseconds), oldest first, at most so many, and fewer where they are very long. */
  before(t: number, seconds: number): Promise<CountersSecond[]>
  /** Waits until what was appended is written. */
  settled(): Promise<void>
}

export interface StoreOptions {
  file: string
  log: (line: string) => void
  /** A day of a busy machine, thinned once or twice. */
  maxBytes?: number
}

const largest = 16 * 1024 * 1024
/** A few milliseconds of work. */
const linesAtOnce = 200
/** Lines that wait while the disk is slow; beyond them a second is lost. */
const mostWaiting = 60
/** No line is nearly as long. */
const chunkBytes = 256 * 1024
/** So much is read back for one question at most: some five minutes of the busiest machine. */
const mostBytes = 2 * 1024 * 1024

/** @param folder the sandbox's own, which goes as a whole when its time is over */
export const countersFile = (folder: string): string => path.join(folder, 'counters.ndjson')

export function counterStore({ file, log, maxBytes = largest }: StoreOptions): CounterStore {
  let line = lineWriter()
  let size: number | null = null
  let waiting: string[] = []
  let writing: Promise<void> | null = null
  let failed = false

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      size ??= await begin(file)
      const text = waiting.join('')
      waiting = []
      await appendFile(file, text)
      size += Buffer.byteLength(text)
      if (size <= maxBytes) continue
      size = await thin(file, maxBytes)
      line = lineWriter()
    }
    failed = false
  }

  function fail(error: unknown): void {
    if (!failed) log(`counters are not kept (${file}): ${String(error)}`)
    failed = true
    waiting = []
    size = null
    line = lineWriter()
  }

  return {
    append(second) {
      if (waiting.length >= mostWaiting) return
      waiting.push(`${line(second)}\n`)
      writing ??= write()
        .catch(fail)
        .finally(() => {
          writing = null
        })
    },
    async before(t, seconds) {
      await writing
      return readBefore(file, t, seconds)
    },
    async settled() {
      await writing
    },
  }
}

/** The file's size, after what a killed process may have left half is ended. */
async function begin(file: string): Promise<number> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await appendFile(file, '\n')
  return (await stat(file)).size
}

async function readBefore(file: string, t: number, seconds: number): Promise<CountersSecond[]> {
  const handle = await open(file, 'r').catch(() => null)
  if (!handle) return []
  try {
    return await secondsBefore(handle, t, seconds)
  } finally {
    await handle.close()
  }
}

/** Reads back from where that moment stands until it has enough. However old it is, no more is read than `mostBytes` and what it takes to find it. */
export async function secondsBefore(file: Readable, t: number, seconds: number): Promise<CountersSecond[]> {
  const end = await placeOf(file, t)
  for (let bytes = chunkBytes; ; bytes *= 2) {
    const from = Math.max(0, end - bytes)
    const found = readLines(await textAt(file, from, end - from)).filter((second) => second.t < t)
    if (from === 0 || found.length >= seconds || bytes >= mostBytes) return found.slice(-seconds)
  }
}

type Readable = Pick<FileHandle, 'stat' | 'read'>

/** An offset behind the last line from before this moment, and not far behind. The lines stand in the order of their times. */
async function placeOf(file: Readable, t: number): Promise<number> {
  const { size } = await file.stat()
  let [low, high] = [0, size]
  while (high - low > chunkBytes) {
    const middle = Math.floor((low + high) / 2)
    const first = firstTime(await textAt(file, middle, chunkBytes))
    if (first !== null && first < t) low = middle
    else high = middle
  }
  // The line that begins before it may end behind it.
  return Math.min(size, high + chunkBytes)
}

/** Of the first whole line in a piece of the file. */
function firstTime(text: string): number | null {
  const [, ...lines] = text.split('\n')
  for (const line of lines) {
    try {
      return lineTimeSchema.parse(JSON.parse(line)).t
    } catch {
      // Torn, or cut off by the end of the piece.
    }
  }
  return null
}

const lineTimeSchema = z.object({ t: z.number() })

async function textAt(file: Readable, from: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.toString('utf8', 0, bytesRead)
}

/** Twice when once is not enough: each time a quarter goes. The old file stays until the new one is whole. */
async function thin(file: string, maxBytes: number): Promise<number> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  let seconds = (await unhurried(lines, lineReader())).filter((second) => second !== null)
  for (;;) {
    const half = Math.floor(seconds.length / 2)
    seconds = seconds.filter((_, index) => index >= half || index % 2 === 0)
    const text = `${(await unhurried(seconds, lineWriter())).join('\n')}\n`
    if (Buffer.byteLength(text) > maxBytes * 0.8 && seconds.length > 2) continue
    await writeFile(`${file}.new`, text)
    await rename(`${file}.new`, file)
    return Buffer.byteLength(text)
  }
}

/** All of a large file in one go would be seconds in which nobody's key is echoed: others have their turn in between. */
async function unhurried<T, R>(items: T[], work: (item: T) => R): Promise<R[]> {
  const results: R[] = []
  for (const [at, item] of items.entries()) {
    if (at % linesAtOnce === 0) await setImmediate()
    results.push(work(item))
  }
  return results
}
