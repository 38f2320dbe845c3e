/**
 * A recording (asciicast v2) read for replay, in the browser. It is text that a stranger's machine has written: lines that are none are left out, and
 * what it holds is given to an emulator and to nothing else. Pure.
 */
import { z } from 'zod'

export interface Recorded {
  /** Unix milliseconds; the header knows whole seconds. */
  startedAt: number
  cols: number
  rows: number
  /** In the order of time. */
  events: RecordedEvent[]
}

/** Milliseconds since the beginning. `o` output, `r` a new size, `m` a mark. */
export type RecordedEvent = [ms: number, code: 'o' | 'r' | 'm', data: string]

const side = z.number().int().min(1).max(1_000)
const headerSchema = z.object({
  version: z.literal(2),
  width: side,
  height: side,
  timestamp: z.number().int().nonnegative(),
})
const eventSchema = z.tuple([z.number().nonnegative(), z.enum(['o', 'r', 'm']), z.string()])

/** Null: no recording. */
export function readRecording(text: string): Recorded | null {
  const [first = '', ...lines] = text.split('\n')
  const header = headerSchema.safeParse(parsed(first))
  if (!header.success) return null
  const { width, height, timestamp } = header.data
  const events = lines.flatMap((line): RecordedEvent[] => {
    const event = eventSchema.safeParse(parsed(line))
    return event.success ? [[event.data[0] * 1000, event.data[1], event.data[2]]] : []
  })
  return { startedAt: timestamp * 1000, cols: width, rows: height, events }
}

/** What is to be given to an emulator that has had the first `shown` events, to show the moment `ms`. `from` 0: from the beginning, anew. */
export function stepTo({ events }: Recorded, shown: number, ms: number): { from: number; to: number } {
  const to = countUntil(events, ms)
  return { from: to < shown ? 0 : shown, to }
}

/** How many events have happened by then. */
export function countUntil(events: readonly RecordedEvent[], ms: number): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.[0] ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low
}

/** `80x24`; null: no size. */
export function sizeOf(data: string): { cols: number; rows: number } | null {
  const [, cols, rows] = /^(\d{1,3})x(\d{1,3})$/.exec(data) ?? []
  return cols && rows && Number(cols) > 0 && Number(rows) > 0
    ? { cols: Number(cols), rows: Number(rows) }
    : null
}

export interface Mark {
  ms: number
  name: string
}

export const marksOf = ({ events }: Recorded): Mark[] =>
  events.flatMap(([ms, code, name]) => (code === 'm' ? [{ ms, name }] : []))

/** The next output after a moment: nobody watches a learner think. Null: there is none. */
export const nextOutput = ({ events }: Recorded, ms: number): number | null =>
  events.slice(countUntil(events, ms)).find(([, code]) => code === 'o')?.[0] ?? null

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
