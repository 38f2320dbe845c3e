import { expect, test } from 'vitest'
import { localOf, momentOf } from '../time-zone.ts'
import { daysLate, isLate, type LatePolicy, lateCost, latePolicySchema } from './late-policy.ts'

const timeZone = 'Europe/Berlin'
const berlin = (local: string) => momentOf(timeZone, local)
const perDay: LatePolicy = { kind: 'perDay', percent: 10, graceMinutes: 15, cap: 50 }
const costAt = (policy: LatePolicy, due: string, at: string) =>
  lateCost(policy, { dueAt: berlin(due), timeZone }, berlin(at))

test('each day begun takes off its part, up to the cap', () => {
  expect(costAt(perDay, '2026-05-01T18:00', '2026-05-01T18:00')).toBe(0)
  expect(costAt(perDay, '2026-05-01T18:00', '2026-05-02T18:00')).toBe(0.1)
  expect(costAt(perDay, '2026-05-01T18:00', '2026-05-02T18:01')).toBe(0.2)
  expect(costAt(perDay, '2026-05-01T18:00', '2026-06-01T00:00')).toBe(0.5)
})

test('within the grace nothing is late; after it the days count from the due date', () => {
  expect(costAt(perDay, '2026-05-01T18:00', '2026-05-01T18:15')).toBe(0)
  expect(costAt(perDay, '2026-05-01T18:00', '2026-05-01T18:16')).toBe(0.1)
  const due = { dueAt: berlin('2026-05-01T18:00'), timeZone }
  expect(isLate(perDay, due, berlin('2026-05-01T18:15'))).toBe(false)
  expect(isLate(perDay, due, berlin('2026-05-01T18:16'))).toBe(true)
})

test('the day in which clocks are changed ends by the clock: it has 23 hours in spring and 25 in autumn', () => {
  const spring = berlin('2026-03-28T18:00')
  const after = (from: Date, hours: number) => new Date(from.getTime() + hours * 3_600_000)
  expect([23, 23.5, 24].map((hours) => daysLate(spring, timeZone, after(spring, hours)))).toEqual([1, 2, 2])
  const autumn = berlin('2026-10-24T18:00')
  expect([24, 25, 25.5].map((hours) => daysLate(autumn, timeZone, after(autumn, hours)))).toEqual([1, 1, 2])
})

test('due in the hour that does not exist or comes twice: days still end once each', () => {
  const missing = berlin('2026-03-28T02:30')
  expect(daysLate(missing, timeZone, berlin('2026-03-29T03:30'))).toBe(1)
  expect(daysLate(missing, timeZone, new Date(berlin('2026-03-29T03:30').getTime() + 1))).toBe(2)
  const twice = berlin('2026-10-25T02:30')
  expect(daysLate(twice, timeZone, new Date(twice.getTime() + 3_600_000))).toBe(1)
  expect(daysLate(twice, timeZone, berlin('2026-10-26T02:30'))).toBe(1)
})

test('a learner in another zone has the same days, also when their own clocks change and the cohort’s do not', () => {
  const dueAt = berlin('2026-03-07T18:00')
  // New York changes in the night to 8 March 2026, Berlin on the 29th.
  const there = momentOf('America/New_York', '2026-03-08T13:00')
  expect(localOf(timeZone, there)).toBe('2026-03-08T18:00')
  expect(lateCost(perDay, { dueAt, timeZone }, there)).toBe(0.1)
  expect(lateCost(perDay, { dueAt, timeZone }, momentOf('America/New_York', '2026-03-08T13:01'))).toBe(0.2)
})

test('steps take off what the last one says that has begun', () => {
  const policy: LatePolicy = {
    kind: 'steps',
    steps: [
      { afterHours: 0, percent: 5 },
      { afterHours: 24, percent: 20 },
      { afterHours: 72, percent: 100 },
    ],
    graceMinutes: 0,
    cap: 60,
  }
  const costs = ['05-01T18:00', '05-01T18:01', '05-02T18:00', '05-02T18:01', '05-05T00:00'].map((at) =>
    costAt(policy, '2026-05-01T18:00', `2026-${at}`),
  )
  expect(costs).toEqual([0, 0.05, 0.05, 0.2, 0.6])
})

test('without a due date nothing is late', () => {
  const never = { dueAt: null, timeZone }
  expect(lateCost(perDay, never, new Date())).toBe(0)
  expect(isLate(perDay, never, new Date())).toBe(false)
})

test('a policy that makes no sense is refused', () => {
  const step = (afterHours: number, percent: number) => ({ afterHours, percent })
  const bad: unknown[] = [
    { ...perDay, percent: 101 },
    { ...perDay, percent: Number.NaN },
    { ...perDay, graceMinutes: -1 },
    { ...perDay, more: 1 },
    { kind: 'steps', steps: [], graceMinutes: 0, cap: 100 },
    { kind: 'steps', steps: [step(24, 10), step(24, 20)], graceMinutes: 0, cap: 100 },
    { kind: 'steps', steps: [step(24, 10), step(48, 5)], graceMinutes: 0, cap: 100 },
  ]
  for (const policy of bad) expect(latePolicySchema.safeParse(policy).success).toBe(false)
})
