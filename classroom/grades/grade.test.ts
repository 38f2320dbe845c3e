import { expect, test } from 'vitest'
import { gradeOf, type Rules, type Tried } from './grade.ts'
import { openTerms } from './terms.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 4, 1, hour))
const rules: Rules = {
  releaseAt: null,
  dueAt: at(10),
  lateDueAt: at(200),
  minutes: null,
  timeZone: 'UTC',
  latePolicy: { kind: 'perDay', percent: 10, graceMinutes: 0, cap: 50 },
  counting: 'best',
  terms: openTerms,
}
type Handed = NonNullable<Tried['submission']>
const tried = (id: string, hour: number, score: number, more: Partial<Handed> = {}): Tried => ({
  id,
  state: 'finished',
  submission: {
    state: 'graded',
    submittedAt: at(hour),
    hints: 0,
    judgement: { status: score === 100 ? 'pass' : 'fail', score, maxScore: 100, overridden: false },
    ...more,
  },
})
const extension = { dueAt: null, lateDueAt: null, extraMinutes: 0, excused: false }
const open: Tried = { id: 'open', state: 'running', submission: null }
const judgement = (status: 'pass' | 'error' | 'not_gradable', overridden = false) => ({
  judgement: { status, score: 100, maxScore: 100, overridden },
})

test('not started, running, waiting for its check', () => {
  expect(gradeOf(rules, null, [])).toBeNull()
  expect(gradeOf(rules, null, [open])).toMatchObject({ state: 'running', share: null, attempts: 1 })
  const waiting = tried('a', 9, 0, { state: 'due', judgement: null })
  expect(gradeOf(rules, null, [waiting])).toMatchObject({ state: 'submitted', share: null, attempts: 1 })
})

test('in time or late, with what that and the hints take off', () => {
  expect(gradeOf(rules, null, [tried('a', 10, 70)])).toMatchObject({ state: 'submitted', share: 0.7 })
  expect(gradeOf(rules, null, [tried('a', 11, 70)])).toMatchObject({ state: 'late', share: 0.6 })
  expect(gradeOf(rules, null, [tried('a', 11, 70, { hints: 2 })])).toMatchObject({ share: 0.57 })
  expect(gradeOf(rules, null, [tried('a', 11, 2)])).toMatchObject({ share: 0 })
  const free = { ...rules, terms: { ...openTerms, hintCost: 0 } }
  expect(gradeOf(free, null, [tried('a', 9, 70, { hints: 5 })])).toMatchObject({ share: 0.7 })
})

test('the best counts after what is taken off: a late full mark may be worth less than an early one', () => {
  const both = [tried('early', 9, 95), tried('late', 11, 100)]
  expect(gradeOf(rules, null, both)).toMatchObject({ submissionId: 'early', share: 0.95, attempts: 2 })
  expect(gradeOf({ ...rules, counting: 'last' }, null, both)).toMatchObject({ submissionId: 'late' })
})

test('what was lost, failed or could not be judged costs no attempt and counts for nothing', () => {
  const gone: Tried[] = [
    { id: 'lost', state: 'lost', submission: null },
    { id: 'failed', state: 'failed', submission: null },
  ]
  expect(gradeOf(rules, null, gone)).toBeNull()
  const outage = tried('error', 9, 0, { state: 'error', judgement: null })
  expect(gradeOf(rules, null, [...gone, outage])).toMatchObject({ state: 'error', share: null, attempts: 0 })
  const last = { ...rules, counting: 'last' as const }
  expect(gradeOf(last, null, [tried('a', 8, 40), outage])).toMatchObject({ submissionId: 'a', attempts: 1 })
})

test('an outage never passes anybody, whatever points came with it', () => {
  for (const status of ['error', 'not_gradable'] as const) {
    expect(gradeOf(rules, null, [tried('a', 9, 100, judgement(status))])).toMatchObject({
      state: 'error',
      share: null,
      attempts: 0,
    })
  }
})

test('an override is the last word: of an error too, which costs no attempt all the same, and nothing is taken off', () => {
  const overridden = tried('a', 11, 0, { state: 'error', hints: 3, ...judgement('pass', true) })
  expect(gradeOf(rules, null, [overridden])).toMatchObject({
    ...{ state: 'late', share: 1, overridden: true, attempts: 0 },
  })
})

test('an override stands against every other submission, whichever counts else', () => {
  const word = { status: 'fail' as const, score: 20, maxScore: 100, overridden: true }
  const work = [tried('a', 8, 70), tried('b', 8.5, 20, { judgement: word }), tried('c', 9, 90)]
  for (const counting of ['best', 'last', 'first'] as const)
    expect(gradeOf({ ...rules, counting }, null, work)).toMatchObject({
      ...{ share: 0.2, overridden: true, submissionId: 'b', attempts: 3 },
    })
})

test('an extension moves what late means; who is excused is excused', () => {
  const late = [tried('a', 11, 70)]
  expect(gradeOf(rules, { ...extension, dueAt: at(12) }, late)).toMatchObject({
    state: 'submitted',
    share: 0.7,
  })
  expect(gradeOf(rules, { ...extension, excused: true }, late)).toMatchObject({
    state: 'excused',
    share: null,
  })
})
