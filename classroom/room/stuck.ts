/**
 * Who is stuck longer than others: in the same lab, against how long it took the others there. Pure; knows neither the lab nor why.
 */
import type { LearnerFacts } from './state.ts'

/** Nobody is called stuck earlier: to read and to think is no trouble. */
const leastMs = 5 * 60_000
/** As many others make a measure. */
const leastOthers = 2
const factor = 1.5

/** Their ids. */
export function stuckAmong(learners: Iterable<LearnerFacts>, now: number): Set<string> {
  const byLab = new Map<string, LearnerFacts[]>()
  for (const one of learners) {
    if (one.attempt) byLab.set(one.attempt.lab, [...(byLab.get(one.attempt.lab) ?? []), one])
  }
  const stuck = new Set<string>()
  for (const group of byLab.values()) {
    for (const one of group) if (isStuck(one, group, now)) stuck.add(one.id)
  }
  return stuck
}

function isStuck({ id, attempt }: LearnerFacts, group: readonly LearnerFacts[], now: number): boolean {
  if (!attempt?.isOpen || attempt.passedAt !== null) return false
  const others = group.filter((one) => one.id !== id).map((one) => timeAt(one, now))
  if (others.length < leastOthers) return false
  return now - attempt.progressAt > Math.max(leastMs, factor * median(others))
}

/** How long one got no further: until now, until the lab was passed, or until the last check of one that is over. */
function timeAt({ attempt }: LearnerFacts, now: number): number {
  if (!attempt) return 0
  if (attempt.passedAt !== null) return attempt.passedAt - attempt.startedAt
  return (attempt.isOpen ? now : (attempt.checkedAt ?? attempt.progressAt)) - attempt.progressAt
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
