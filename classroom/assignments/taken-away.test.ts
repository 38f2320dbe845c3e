import { expect, test } from 'vitest'
import { noLatePenalty } from '../grades/late-policy.ts'
import { openTerms } from '../grades/terms.ts'
import type { AssignmentData } from './input.ts'
import { takenAway } from './taken-away.ts'

const perDay = (percent: number, graceMinutes = 0, cap = 100) =>
  ({ kind: 'perDay', percent, graceMinutes, cap }) as const
const assignment: AssignmentData = {
  ...{ title: 'Homework', text: '', releaseAt: null, maxAttempts: 2, minutes: 60 },
  ...{ dueAt: new Date('2026-05-01T16:00Z'), lateDueAt: new Date('2026-06-01T16:00Z') },
  ...{ latePolicy: perDay(10, 10, 50), counting: 'best', terms: openTerms, seedPolicy: 'learner' },
  labs: [{ lab: 'a', weight: 1 }],
}
const fields = (change: Partial<AssignmentData>, before: Partial<AssignmentData> = {}) =>
  takenAway(
    { ...assignment, ...before },
    { ...assignment, ...before, ...change },
    new Set(['a']),
    'Europe/Berlin',
  ).map((problem) => problem.slice(0, problem.indexOf(':')))

test('another attempt that counts, something forbidden, dearer hints', () => {
  expect(fields({ counting: 'last' })).toEqual(['counting'])
  for (const term of ['hints', 'liveMap', 'rewind'] as const) {
    expect(fields({ terms: { ...openTerms, [term]: false } })).toEqual(['terms'])
    expect(fields({}, { terms: { ...openTerms, [term]: false } })).toEqual([])
    expect(fields({ terms: openTerms }, { terms: { ...openTerms, [term]: false } })).toEqual([])
  }
  expect(fields({ terms: { ...openTerms, hintCost: 1.5 } })).toEqual(['terms.hintCost'])
  expect(fields({ terms: { ...openTerms, hintCost: 0 } })).toEqual([])
})

test('what is open is not closed again, and may open sooner', () => {
  const release = new Date('2026-04-01T06:00Z')
  const hours = (count: number) => new Date(release.getTime() + count * 3_600_000)
  expect(fields({ releaseAt: release })).toEqual(['releaseAt'])
  expect(fields({ releaseAt: hours(1) }, { releaseAt: release })).toEqual(['releaseAt'])
  for (const releaseAt of [null, hours(-1)]) expect(fields({ releaseAt }, { releaseAt: release })).toEqual([])
})

test('late work can cost less and never more, at any moment', () => {
  expect(fields({ latePolicy: perDay(11, 10, 50) })).toEqual(['latePolicy'])
  expect(fields({ latePolicy: perDay(10, 9, 50) })).toEqual(['latePolicy'])
  expect(fields({ latePolicy: perDay(10, 10, 60) })).toEqual(['latePolicy'])
  for (const kinder of [perDay(9, 10, 50), perDay(10, 20, 50), perDay(10, 10, 40), noLatePenalty])
    expect(fields({ latePolicy: kinder })).toEqual([])
})

test('another kind of policy is compared by what it takes off', () => {
  const steps = (...of: [number, number][]) => ({
    ...{ kind: 'steps' as const, graceMinutes: 10, cap: 50 },
    steps: of.map(([afterHours, percent]) => ({ afterHours, percent })),
  })
  expect(fields({ latePolicy: steps([0, 10], [240, 50]) })).toEqual([])
  expect(fields({ latePolicy: steps([23.5, 20]) })).toEqual(['latePolicy'])
})

test('where late work did not count, whatever it costs now is a gift', () => {
  const lateDueAt = new Date('2026-05-08T16:00Z')
  expect(
    fields({ lateDueAt, latePolicy: perDay(90) }, { lateDueAt: null, latePolicy: noLatePenalty }),
  ).toEqual([])
  const after = {
    kind: 'steps' as const,
    steps: [{ afterHours: 24 * 40, percent: 50 }],
    graceMinutes: 10,
    cap: 100,
  }
  expect(fields({ latePolicy: after })).toEqual([])
})

test('a later due date makes room for a stricter policy only as far as nobody loses by it', () => {
  const dueAt = new Date('2026-05-02T16:00Z')
  expect(fields({ dueAt, latePolicy: perDay(10, 10, 50) })).toEqual([])
  expect(fields({ dueAt, latePolicy: perDay(30, 10, 50) })).toEqual(['latePolicy'])
})
