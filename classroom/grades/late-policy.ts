/**
 * What being late costs, in hundredths of the full mark. A day late is a day of the cohort: it ends when the clocks there show again what they
 * showed when the work was due, so that it has 23 or 25 hours when they are changed in it. Where the learner is makes no difference: both are
 * moments. Pure; knows no labs and no scores.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

const percent = z.number().min(0).max(100)
const common = {
  /** So long after the due date nothing is late yet; it moves no date, and the days are counted from the due date all the same. */
  graceMinutes: z.number().int().min(0).max(10_080),
  /** Never more than this is taken off. */
  cap: percent,
}

export const latePolicySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('perDay'), percent, ...common }),
  z.strictObject({
    kind: z.literal('steps'),
    /** After so many hours, so much in all. Hours are hours, whatever the clocks show. */
    steps: z
      .array(z.strictObject({ afterHours: z.number().min(0).max(8_760), percent }))
      .min(1)
      .max(20)
      .refine((steps) => steps.every((step, i) => i === 0 || rises(steps[i - 1], step)), {
        message: 'Each step begins later than the one before and takes off no less',
      }),
    ...common,
  }),
])
export type LatePolicy = z.infer<typeof latePolicySchema>
type Step = { afterHours: number; percent: number }

export const noLatePenalty: LatePolicy = { kind: 'perDay', percent: 0, graceMinutes: 0, cap: 100 }

export interface Due {
  dueAt: Date | null
  /** The cohort's. */
  timeZone: string
}

export function isLate(policy: LatePolicy, { dueAt }: Due, at: Date): boolean {
  return dueAt !== null && at.getTime() > dueAt.getTime() + policy.graceMinutes * 60_000
}

/** Of the full mark, 0 to 1. */
export function lateCost(policy: LatePolicy, due: Due, at: Date): number {
  if (due.dueAt === null || !isLate(policy, due, at)) return 0
  const taken =
    policy.kind === 'perDay'
      ? policy.percent * daysLate(due.dueAt, due.timeZone, at)
      : (policy.steps.findLast(({ afterHours }) => hoursLate(due.dueAt as Date, at) > afterHours)?.percent ??
        0)
  return Math.min(taken, policy.cap) / 100
}

/** Begun days count whole; at the very end of the first one it is still the first. */
export function daysLate(dueAt: Date, timeZone: string, at: Date): number {
  if (at <= dueAt) return 0
  const due = there(dueAt, timeZone)
  const { days } = due.until(there(at, timeZone), { largestUnit: 'days' })
  return Temporal.ZonedDateTime.compare(due.add({ days }), there(at, timeZone)) < 0 ? days + 1 : days
}

const hoursLate = (dueAt: Date, at: Date): number => (at.getTime() - dueAt.getTime()) / 3_600_000

const there = (moment: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone)

const rises = (before: Step | undefined, step: Step): boolean =>
  before !== undefined && before.afterHours < step.afterHours && before.percent <= step.percent
