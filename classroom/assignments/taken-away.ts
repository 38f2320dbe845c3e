/** What may no longer be taken away once somebody has begun: they have planned with it. Pure; says each problem with its field. */
import { type Due, type LatePolicy, lateCost } from '../grades/late-policy.ts'
import type { AssignmentData } from './input.ts'

/** So far after the due date what is taken off is compared. */
const comparedHours = 60 * 24
const hour = 3_600_000

export function takenAway(
  before: AssignmentData,
  after: AssignmentData,
  begunLabs: ReadonlySet<string>,
  timeZone: string,
): string[] {
  const gone = before.labs.filter(
    ({ lab }) => begunLabs.has(lab) && !after.labs.some((one) => one.lab === lab),
  )
  const forbidden = (['hints', 'liveMap', 'rewind'] as const).some(
    (term) => before.terms[term] && !after.terms[term],
  )
  return [
    ...gone.map(({ lab }) => `labs: Somebody has begun "${lab}"; it cannot be taken out`),
    ...(before.seedPolicy === after.seedPolicy ? [] : ['seedPolicy: Somebody has begun with a variant']),
    ...(isLater(before.releaseAt, after.releaseAt)
      ? ['releaseAt: Somebody has begun; it can only be earlier']
      : []),
    ...(isEarlier(before.dueAt, after.dueAt) ? ['dueAt: Somebody has begun; it can only be later'] : []),
    ...(isEarlier(before.lateDueAt ?? before.dueAt, after.lateDueAt ?? after.dueAt)
      ? ['lateDueAt: Somebody has begun; the last moment can only be later']
      : []),
    ...(isFewer(before.minutes, after.minutes) ? ['minutes: Somebody has begun; it can only be more'] : []),
    ...(isFewer(before.maxAttempts, after.maxAttempts)
      ? ['maxAttempts: Somebody has begun; it can only be more']
      : []),
    ...(before.counting === after.counting ? [] : ['counting: Somebody has begun; it can only stay']),
    ...(forbidden ? ['terms: Somebody has begun; what was allowed cannot be forbidden'] : []),
    ...(after.terms.hintCost > before.terms.hintCost
      ? ['terms.hintCost: Somebody has begun; hints can only be cheaper']
      : []),
    ...(isDearer(before, after, timeZone)
      ? ['latePolicy: Somebody has begun; at no moment can more be taken off than before']
      : []),
  ]
}

const isEarlier = (before: Date | null, after: Date | null): boolean =>
  after !== null && (before === null || after < before)
const isLater = (before: Date | null, after: Date | null): boolean =>
  after !== null && (before === null || after > before)
const isFewer = (before: number | null, after: number | null): boolean =>
  after !== null && (before === null || after < before)

/** At a moment until which late work counted before; what counted for nothing can only be worth more. */
function isDearer(before: AssignmentData, after: AssignmentData, timeZone: string): boolean {
  const { dueAt, lateDueAt } = before
  if (dueAt === null || lateDueAt === null || after.dueAt === null) return false
  // The same from a later date on takes nothing more off.
  if (JSON.stringify(before.latePolicy) === JSON.stringify(after.latePolicy)) return false
  const [was, is]: [Due, Due] = [
    { dueAt, timeZone },
    { dueAt: after.dueAt, timeZone },
  ]
  return comparedMoments([before.latePolicy, after.latePolicy])
    .map((ms) => new Date(dueAt.getTime() + ms))
    .filter((at) => at <= lateDueAt)
    .some((at) => lateCost(after.latePolicy, is, at) > lateCost(before.latePolicy, was, at))
}

/** Since the due date: each hour, and what a policy names by itself, with the moment after it. */
function comparedMoments(policies: readonly LatePolicy[]): number[] {
  const hours = Array.from({ length: comparedHours + 1 }, (_, n) => n * hour)
  const named = policies.flatMap((policy) => [
    policy.graceMinutes * 60_000,
    ...(policy.kind === 'steps' ? policy.steps.map(({ afterHours }) => afterHours * hour) : []),
  ])
  return [...hours, ...named, ...named.map((ms) => ms + 1)]
}
