/**
 * One terminal's recording: an asciicast file that is written behind the terminal's back. What is in the file says how far it has come, so a
 * service that was killed goes on where the last one stopped. Knows no link and no terminal.
 */
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, truncate } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import {
  type CastEvent,
  CastReader,
  type CastState,
  castMarks,
  clearScreen,
  eventLine,
  headerLine,
  type Size,
  sizeText,
  takeText,
} from '../asciicast.ts'

/** Room for recordings: what is left of it is shared by all terminals of a sandbox. */
export interface Budget {
  left: number
}

export interface RecordingOptions {
  file: string
  title: string
  size: Size
  budget: Budget
  /** The most that this one may be. */
  mostBytes: number
  /** The output before this offset is on the disk. */
  onWritten(offset: number): void
  /** Nothing is recorded any more. `reason` is null when it is full. */
  onStopped(reason: unknown): void
}

/** Written together: many small writes would cost more than the terminal itself. */
const gatherMs = 150
/** Kept back for the mark that says that a recording is full. */
const lastWordsBytes = 200

export class Recording {
  readonly #options: RecordingOptions
  readonly #file: FileHandle
  #offset: number
  #rest = Buffer.alloc(0)
  #size: Size
  #bytes: number
  #lines = ''
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | null = null
  #stopped: boolean
  #full: boolean
  #epoch: number
  /** Seconds since the header's timestamp: those of the file so far, then this process's own steady clock. */
  #seconds: number
  readonly #clockStart: number

  private constructor(options: RecordingOptions, file: FileHandle, state: CastState, bytes: number) {
    this.#options = options
    this.#file = file
    this.#offset = state.offset
    this.#size = state.size
    this.#bytes = bytes
    this.#full = state.full
    this.#stopped = state.full || state.ended
    this.#epoch = state.epoch
    this.#seconds = state.seconds
    const sinceHeader = Date.now() / 1000 - state.header.timestamp
    this.#clockStart = Math.max(sinceHeader, state.seconds) - performance.now() / 1000
  }

  /** Goes on with the file, or begins it; half a last line is cut off. */
  static async open(options: RecordingOptions): Promise<Recording> {
    await mkdir(path.dirname(options.file), { recursive: true, mode: 0o700 })
    const found = await readCast(options.file)
    if (found) await truncate(options.file, found.bytes)
    const file = await open(options.file, found ? 'a' : 'w', 0o600)
    if (found) return new Recording(options, file, found.state, found.bytes)
    const header = { ...options.size, timestamp: Math.floor(Date.now() / 1000), title: options.title }
    const line = headerLine(header)
    await file.write(line)
    options.budget.left -= Buffer.byteLength(line)
    const begun = { offset: 0, seconds: 0, full: false, ended: false, epoch: 0, events: 0 }
    const state = { ...begun, header, size: options.size }
    return new Recording(options, file, state, Buffer.byteLength(line))
  }

  /** The next byte of output that is wanted. */
  get offset(): number {
    return this.#offset + this.#rest.length
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /**
   * The machine went back to a moment: what comes is another past's output, from this offset on. A shell that had ended then lives again. Nothing
   * happens when the recording knows of this return.
   */
  returned(epoch: number, offset: number): void {
    if (epoch === this.#epoch || this.#full) return
    this.#epoch = epoch
    this.#stopped = false
    this.#rest = Buffer.alloc(0)
    this.#add('o', clearScreen)
    this.#add('m', castMarks.returned(epoch, offset))
    this.#offset = offset
  }

  output(offset: number, bytes: Uint8Array): void {
    if (this.#stopped) return
    if (offset > this.offset) this.#skip(offset - this.offset)
    const fresh = bytes.subarray(Math.max(0, this.offset - offset))
    const { text, rest } = takeText(Buffer.concat([this.#rest, fresh]))
    this.#offset += this.#rest.length + fresh.length - rest.length
    this.#rest = Buffer.from(rest)
    if (text !== '') this.#add('o', text)
  }

  resize(size: Size): void {
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return
    this.#size = size
    this.#add('r', sizeText(size))
  }

  mark(label: string): void {
    this.#add('m', label)
  }

  /** Writes what there is, and lets go of the file. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#write()
    this.#stopped = true
    await this.#file.close()
  }

  /** The shell has ended: nothing more will come. */
  async end(status: number): Promise<void> {
    this.#takeRest()
    this.mark(castMarks.ended(status))
    await this.close()
  }

  #skip(bytes: number): void {
    this.#takeRest()
    this.#add('m', castMarks.missing(bytes))
    this.#offset += bytes
  }

  /** A character that will not be finished. */
  #takeRest(): void {
    if (this.#rest.length === 0) return
    this.#add('o', takeText(this.#rest, true).text)
    this.#offset += this.#rest.length
    this.#rest = Buffer.alloc(0)
  }

  #add(code: CastEvent[1], data: string): void {
    if (this.#stopped) return
    this.#seconds = Math.max(this.#seconds, this.#clockStart + performance.now() / 1000)
    const line = eventLine([this.#seconds, code, data])
    const bytes = Buffer.byteLength(line)
    const { budget, mostBytes } = this.#options
    const room = Math.min(mostBytes - this.#bytes, budget.left) - lastWordsBytes
    if (bytes > room) {
      this.#fill()
      return
    }
    this.#bytes += bytes
    budget.left -= bytes
    this.#lines += line
    this.#timer ??= setTimeout(() => void this.#write(), gatherMs)
  }

  #fill(): void {
    this.#lines += eventLine([this.#seconds, 'm', castMarks.full])
    this.#stopped = true
    this.#full = true
    void this.#write().then(() => this.#options.onStopped(null))
  }

  /** One write at a time, in order. */
  async #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (this.#writing) await this.#writing
    if (this.#lines === '') return
    const [lines, offset] = [this.#lines, this.#offset]
    this.#lines = ''
    this.#writing = this.#file.appendFile(lines).then(
      () => this.#options.onWritten(offset),
      (error: unknown) => {
        // A full disk: the recording is not worth the terminal. What was written half is cut off at the next start.
        this.#stopped = true
        this.#options.onStopped(error)
      },
    )
    await this.#writing
    this.#writing = null
  }
}

/** The state of a file and how many of its bytes are whole lines; null when there is none that could be gone on with. */
export async function readCast(file: string): Promise<{ state: CastState; bytes: number } | null> {
  const reader = new CastReader()
  const wholeBytes = await lastLineEnd(file)
  if (!wholeBytes) return null
  const stream = createReadStream(file, { end: wholeBytes - 1 })
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
      reader.line(line)
  } catch {
    return null
  } finally {
    stream.destroy()
  }
  return reader.state && { state: reader.state, bytes: wholeBytes }
}

async function lastLineEnd(file: string): Promise<number> {
  const handle = await open(file, 'r').catch(() => null)
  if (!handle) return 0
  try {
    const { size } = await handle.stat()
    const block = Buffer.alloc(64 * 1024)
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - block.length)
      await handle.read(block, 0, end - start, start)
      const at = block.subarray(0, end - start).lastIndexOf(0x0a)
      if (at >= 0) return start + at + 1
      end = start
    }
    return 0
  } finally {
    await handle.close()
  }
}
