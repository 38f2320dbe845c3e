/**
 * asciicast v2 (docs.asciinema.org/manual/asciicast/v2): lines of a recording written and read back. Pure; knows no file and no terminal.
 *
 * How many bytes of output a recording holds can be counted from its text: a character counts as its UTF-8, and U+FFFD as one byte, which is
 * what stands for a byte that is no UTF-8. A real U+FFFD, three bytes, is written as three of them.
 */
import { z } from 'zod'

export interface Size {
  cols: number
  rows: number
}

/** What a recording says of itself. `timestamp` is in seconds since 1970. */
export interface CastHeader extends Size {
  timestamp: number
  title: string
}

/** Output, a new size, a mark. */
export type CastEvent = [seconds: number, code: 'o' | 'r' | 'm', data: string]

export const headerLine = ({ cols, rows, timestamp, title }: CastHeader): string =>
  `${JSON.stringify({
    version: 2,
    width: cols,
    height: rows,
    timestamp,
    title,
    env: { SHELL: '/bin/bash', TERM: 'xterm-256color' },
  })}\n`

export const eventLine = ([seconds, code, data]: CastEvent): string =>
  `[${seconds.toFixed(6)}, "${code}", ${JSON.stringify(data)}]\n`

export const sizeText = ({ cols, rows }: Size): string => `${cols}x${rows}`

/** Marks that say something about the recording itself. */
export const castMarks = {
  missing: (bytes: number) => `not recorded: ${bytes} bytes`,
  full: 'recording stopped: it is full',
  ended: (status: number) => `shell ended: ${status}`,
  /** The machine went back to a moment: what follows is another past's output, from a byte on that is new. */
  returned: (epoch: number, offset: number) => `back at a moment: return ${epoch}, byte ${offset}`,
} as const
/** Everything that was on the screen is gone. */
export const clearScreen = '\u001bc'
const returnedMark = /^back at a moment: return (\d{1,9}), byte (\d{1,15})$/
const missingMark = /^not recorded: (\d+) bytes$/

/** Where a recording stands. */
export interface CastState {
  header: CastHeader
  /** The output before this offset is in it, or marked as missing. */
  offset: number
  seconds: number
  size: Size
  full: boolean
  ended: boolean
  /** Which return to a moment its output comes from; 0: none. */
  epoch: number
  events: number
}

const headerSchema = z.object({
  version: z.literal(2),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  timestamp: z.number().int().nonnegative(),
  title: z.string().default(''),
})
const eventSchema = z.tuple([z.number().nonnegative(), z.enum(['o', 'r', 'm']), z.string()])
const sizePattern = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/

/** Reads a recording line by line. @throws CastError at the first line that is not asciicast v2 */
export class CastReader {
  #state: CastState | null = null

  get state(): CastState | null {
    return this.#state
  }

  line(text: string): CastEvent | null {
    if (this.#state) return this.#event(this.#state, text)
    const parsed = headerSchema.safeParse(parse(text))
    if (!parsed.success) throw new CastError(`not a header: ${text.slice(0, 80)}`)
    const { width, height, timestamp, title } = parsed.data
    const size = { cols: width, rows: height }
    const header = { ...size, timestamp, title }
    this.#state = { header, offset: 0, seconds: 0, size, full: false, ended: false, epoch: 0, events: 0 }
    return null
  }

  #event(state: CastState, text: string): CastEvent {
    const parsed = eventSchema.safeParse(parse(text))
    if (!parsed.success) throw new CastError(`not an event: ${text.slice(0, 80)}`)
    const [seconds, code, data] = parsed.data
    if (seconds < state.seconds) throw new CastError(`the time goes back to ${seconds}`)
    state.seconds = seconds
    state.events++
    if (code === 'o') state.offset += recordedBytes(data)
    else if (code === 'r') state.size = sizeOf(data)
    else this.#mark(state, data)
    return parsed.data
  }

  #mark(state: CastState, data: string): void {
    const missing = missingMark.exec(data)
    if (missing) state.offset += Number(missing[1])
    state.full ||= data === castMarks.full
    state.ended ||= data.startsWith('shell ended: ')
    const [, epoch, offset] = returnedMark.exec(data) ?? []
    if (!epoch || !offset) return
    state.epoch = Number(epoch)
    state.offset = Number(offset)
    state.ended = false
  }
}

export class CastError extends Error {
  override name = 'CastError'
}

function sizeOf(text: string): Size {
  const [, cols, rows] = sizePattern.exec(text) ?? []
  if (!cols || !rows) throw new CastError(`not a size: ${text.slice(0, 80)}`)
  return { cols: Number(cols), rows: Number(rows) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const replacement = '\ufffd'

/** How many bytes of output this text stands for. */
export function recordedBytes(text: string): number {
  const bytes = Buffer.byteLength(text)
  if (!text.includes(replacement)) return bytes
  return bytes - 2 * (text.split(replacement).length - 1)
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes to text that can be counted back; a character cut at the end stays in `rest` until more comes. */
export function takeText(bytes: Buffer, isLast = false): { text: string; rest: Buffer } {
  const whole = isLast ? bytes.length : bytes.length - cutBytes(bytes)
  return { text: textOf(bytes.subarray(0, whole)), rest: bytes.subarray(whole) }
}

function textOf(bytes: Buffer): string {
  try {
    const text = strict.decode(bytes)
    return text.includes(replacement) ? text.replaceAll(replacement, replacement.repeat(3)) : text
  } catch {
    return textOfBroken(bytes)
  }
}

/** Stretches that are well formed as they are, every other byte as a replacement. */
function textOfBroken(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const end = at + Math.max(1, lengthAt(bytes, at))
    const well = end - at === 1 ? (bytes[at] as number) < 0x80 : isWell(bytes.subarray(at, end))
    text += well ? textOf(bytes.subarray(at, end)) : replacement
    at = well ? end : at + 1
  }
  return text
}

function isWell(bytes: Buffer): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** How long the character is that begins here, by its first byte; 0 when none begins. */
function lengthAt(bytes: Buffer, at: number): number {
  const byte = bytes[at] as number
  if (byte < 0x80) return 1
  if (byte < 0xc2 || byte > 0xf4) return 0
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
}

/** How many bytes at the end begin a character that is not there yet. */
function cutBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const length = lengthAt(bytes, bytes.length - back)
    if (length > 0) return length > back ? back : 0
  }
  return 0
}
