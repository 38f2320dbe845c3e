import { expect, test } from 'vitest'
import { type AssignmentInput, readAssignment } from '#/classroom/assignments/input.ts'
import type { LatePolicy } from '#/classroom/grades/late-policy.ts'
import { homework } from '#/classroom/testing/assigned.ts'
import { emptyTyped, inputOf, nextKey, number, typedOf } from './typed.ts'

const known = new Set(homework.labs.map(({ lab }) => lab))

test('what was stored comes back as it was', () => {
  const steps: LatePolicy = {
    ...{ kind: 'steps', graceMinutes: 15, cap: 60 },
    steps: [
      { afterHours: 0, percent: 10 },
      { afterHours: 24, percent: 50 },
    ],
  }
  const input: AssignmentInput = {
    ...homework,
    ...{
      dueAt: '2026-10-25T18:00',
      maxAttempts: 3,
      minutes: 90,
      latePolicy: steps,
    },
    labs: [{ lab: 'accept-queue', weight: 2.5 }],
  }
  expect(inputOf(typedOf(input))).toEqual(input)
  expect(inputOf(typedOf(homework))).toEqual(homework)
})

test('an empty form is refused field by field, and what is no number is never taken for none', () => {
  const read = (typed: object) =>
    readAssignment(inputOf({ ...emptyTyped, ...typed }), 'Europe/Berlin', known) as { problems: string[] }
  const fieldsOf = (typed: object) => read(typed).problems.map((text) => text.split(':')[0])
  expect(fieldsOf({})).toEqual(['title', 'labs.0'])
  expect(fieldsOf({ title: 'x', minutes: 'soon', maxAttempts: '1.5' })).toEqual([
    'maxAttempts',
    'minutes',
    'labs.0',
  ])
  expect(fieldsOf({ title: 'x', late: 'perDay', percent: '' })).toEqual(['latePolicy.percent', 'labs.0'])
  expect(number(' 2,5 ')).toBe(2.5)
  expect(number('')).toBeNull()
})

test('rows have keys of their own', () => {
  expect(nextKey([])).toBe(0)
  expect(nextKey([{ key: 4 }, { key: 1 }])).toBe(5)
})
