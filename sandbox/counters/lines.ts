/**
 * Seconds as lines of text and back: of the guest's counters a line holds what has changed since the line before, and all of them once a minute.
 * An idle machine's second is 300 bytes instead of 3,000. Pure; knows no file. A line that is torn or of another version is as if it were not there.
 */
import { z } from 'zod'
import {
  type CountersSecond,
  countersSecondSchema,
  type GuestCounters,
  guestCountersSchema,
} from './schema.ts'

/** `whole`: nothing before it is needed to read it. `guest` null: a gap, after which the next line is whole. */
const lineSchema = countersSecondSchema
  .omit({ guest: true })
  .extend({ whole: z.boolean(), guest: guestCountersSchema.partial().nullable() })
type Line = z.infer<typeof lineSchema>

const wholeEvery = 60

/** Keeps what the last line was. A new writer begins with a whole line. */
export function lineWriter(): (second: CountersSecond) => string {
  let last: CountersSecond | null = null
  let since = 0
  return (second) => {
    const old = last?.generation === second.generation && since < wholeEvery ? last.guest : null
    const { guest } = second
    last = second
    since = old && guest ? since + 1 : 0
    const line: Line = { ...second, whole: !old, guest: guest && (old ? changes(old, guest) : guest) }
    return JSON.stringify(line)
  }
}

/** The parts that are not as they were; of the many names of the network stack those alone that have counted. */
function changes(old: GuestCounters, now: GuestCounters): Partial<GuestCounters> {
  const parts = Object.entries(now).filter(([name, part]) => !same(old[name as keyof GuestCounters], part))
  const changed = Object.fromEntries(parts) as Partial<GuestCounters>
  if (changed.stack && old.stack) {
    const before: Record<string, number | undefined> = old.stack
    changed.stack = Object.fromEntries(
      Object.entries(changed.stack).filter(([name, value]) => before[name] !== value),
    )
  }
  return changed
}

const same = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

/** Keeps what the last line was. Null for a line that needs one before it which is not there. */
export function lineReader(): (raw: string) => CountersSecond | null {
  let last: GuestCounters | null = null
  return (raw) => {
    const line = parseLine(raw)
    if (!line || (!line.whole && !last)) return null
    const { whole, guest, ...rest } = line
    last = guest && merged(whole ? null : last, guest)
    return { ...rest, guest: last }
  }
}

export const readLines = (text: string): CountersSecond[] =>
  text
    .split('\n')
    .map(lineReader())
    .filter((second) => second !== null)

function merged(last: GuestCounters | null, changed: Partial<GuestCounters>): GuestCounters {
  const guest = { ...last, ...changed } as GuestCounters
  if (last?.stack && changed.stack) guest.stack = { ...last.stack, ...changed.stack }
  return guest
}

function parseLine(raw: string): Line | null {
  if (!raw.startsWith('{')) return null
  try {
    const line = lineSchema.parse(JSON.parse(raw))
    return !line.whole || line.guest === null || guestCountersSchema.safeParse(line.guest).success
      ? line
      : null
  } catch {
    return null
  }
}
