/**
 * The last two minutes of a machine's counters as they come over /ws/watch, kept outside React: only what draws them is drawn again. Knows no
 * stage and no socket.
 */
import type { CountersSecond } from '#/sandbox/counters/schema.ts'
import { windowSeconds } from '../workbench/world.ts'

export interface Readings {
  add(fresh: readonly CountersSecond[]): void
  clear(): void
  /** Oldest first; the same array until something changes. */
  current(): readonly CountersSecond[]
  subscribe(call: () => void): () => void
}

/** In the order of the world's clock, each moment once, whatever order they came in; what is older than the window goes. */
export function withReadings(
  known: readonly CountersSecond[],
  fresh: readonly CountersSecond[],
): readonly CountersSecond[] {
  const moments = new Set(known.map(({ t }) => t))
  const added = fresh.filter(({ t }) => !moments.has(t) && moments.add(t))
  if (added.length === 0) return known
  const all = [...known, ...added].sort((a, b) => a.t - b.t)
  const oldest = (all.at(-1)?.t ?? 0) - windowSeconds * 1000
  return all.filter(({ t }) => t >= oldest)
}

export function createReadings(): Readings {
  let seconds: readonly CountersSecond[] = []
  const listeners = new Set<() => void>()
  function set(next: readonly CountersSecond[]) {
    if (next === seconds) return
    seconds = next
    for (const call of listeners) call()
  }
  return {
    add: (fresh) => set(withReadings(seconds, fresh)),
    clear: () => set(seconds.length === 0 ? seconds : []),
    current: () => seconds,
    subscribe(call) {
      listeners.add(call)
      return () => listeners.delete(call)
    },
  }
}
