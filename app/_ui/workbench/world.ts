/** The world's seconds as a window that moves with the clock, and as a plot: pure arithmetic, no drawing. */
import type { WorldSecond } from '#/sandbox/counters/schema.ts'

export const windowSeconds = 120

/** New seconds join the known ones; what comes twice counts once, what is too old goes. */
export function withSeconds(known: WorldSecond[], fresh: WorldSecond[]): WorldSecond[] {
  const last = known.at(-1)?.t ?? Number.NEGATIVE_INFINITY
  const all = [...known, ...fresh.filter((second) => second.t > last)]
  const oldest = (all.at(-1)?.t ?? 0) - windowSeconds
  return all.filter((second) => second.t > oldest)
}

export const lostIn = (second: WorldSecond): number => second.failed + second.timeout

/** The last ten seconds in numbers: what a glance at the plot should tell. */
export function recent(seconds: WorldSecond[]): { ok: number; all: number; p95Ms: number | null } {
  const last = seconds.slice(-10)
  const ok = last.reduce((sum, second) => sum + second.ok, 0)
  const lost = last.reduce((sum, second) => sum + lostIn(second), 0)
  const worst = last.flatMap(({ p95Ms }) => (p95Ms === null ? [] : [p95Ms]))
  return { ok, all: ok + lost, p95Ms: worst.length > 0 ? Math.max(...worst) : null }
}

/** The axis ends at the next of 5, 10, 20, 50, …: it moves rarely, so that the eye can compare. */
export function niceCeiling(value: number): number {
  let step = 5
  for (let factor = 0; step < value; factor++) step *= factor % 3 === 2 ? 2.5 : 2
  return step
}

/** Latencies from 1 ms to 100 s on a log scale: 0 at the bottom, 1 at the top. */
export const latencyLevel = (ms: number): number => Math.min(1, Math.max(0, Math.log10(Math.max(ms, 1)) / 5))

/** A line broken where nothing completed: runs of neighbouring seconds that have a value. */
export function runs(
  seconds: WorldSecond[],
  value: (second: WorldSecond) => number | null,
): { t: number; v: number }[][] {
  const found: { t: number; v: number }[][] = []
  let previous = Number.NaN
  for (const second of seconds) {
    const v = value(second)
    if (v === null) continue
    const run = found.at(-1)
    if (run && second.t - previous <= 1.5) run.push({ t: second.t, v })
    else found.push([{ t: second.t, v }])
    previous = second.t
  }
  return found
}

export const inWords = (ms: number | null): string => {
  if (ms === null) return '–'
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
