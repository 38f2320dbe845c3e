/** The one clock of a replay: unix milliseconds from the first thing that was recorded to the last. Pure. */
import type { CountersSecond, WorldSecond } from '#/sandbox/counters/schema.ts'
import { windowSeconds } from '../workbench/world.ts'
import type { Recorded } from './recording.ts'

export interface Timeline {
  from: number
  to: number
}

export function timelineOf(recorded: Recorded, counters: readonly CountersSecond[]): Timeline {
  const end = recorded.startedAt + (recorded.events.at(-1)?.[0] ?? 0)
  const [first, last] = [counters[0]?.t ?? recorded.startedAt, counters.at(-1)?.t ?? end]
  const from = Math.min(recorded.startedAt, first)
  return { from, to: Math.max(end, last, from + 1) }
}

/** The seconds that a live map would have shown at a moment. */
export function windowAt(counters: readonly CountersSecond[], t: number): readonly CountersSecond[] {
  const end = countUntil(counters, t)
  const start = countUntil(counters, t - windowSeconds * 1000)
  return counters.slice(start, end)
}

export const worldAt = (counters: readonly CountersSecond[], t: number): WorldSecond[] =>
  windowAt(counters, t).flatMap(({ world }) => world)

function countUntil(counters: readonly CountersSecond[], t: number): number {
  let [low, high] = [0, counters.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((counters[middle]?.t ?? 0) <= t) low = middle + 1
    else high = middle
  }
  return low
}
