/** The schedule of the recall questions, day by day. */
import { expect, test } from 'vitest'
import { answered, isDue, type Schedule } from './spacing.ts'

const start = Date.UTC(2026, 0, 1, 9)
const day = (number: number) => new Date(start + number * 86_400_000)

/** What becomes of a question that is answered on these days. */
function after(...answers: [day: number, knew: boolean][]): Schedule | null {
  return answers.reduce<Schedule | null>((before, [at, knew]) => answered(before, knew, day(at)), null)
}

test('a question that is known each time comes again after 1, 3, 7 and 21 days, then never', () => {
  expect(after([0, true])?.dueAt).toEqual(day(1))
  expect(after([0, true], [1, true])?.dueAt).toEqual(day(4))
  expect(after([0, true], [1, true], [4, true])?.dueAt).toEqual(day(11))
  expect(after([0, true], [1, true], [4, true], [11, true])?.dueAt).toEqual(day(32))
  expect(after([0, true], [1, true], [4, true], [11, true], [32, true])).toMatchObject({
    step: 4,
    dueAt: null,
  })
})

test('who did not know begins anew, wherever they were', () => {
  expect(after([0, false])).toMatchObject({ step: 0, dueAt: day(1) })
  expect(after([0, true], [1, true], [4, true], [5, false])).toMatchObject({ step: 0, dueAt: day(6) })
  const learned = after([0, true], [1, true], [4, true], [11, true], [32, true])
  expect(answered(learned, false, day(40))).toMatchObject({ step: 0, dueAt: day(41) })
})

test('saying it again before its time moves nothing, and being late is not being punished', () => {
  expect(after([0, true], [0, true], [0, true])).toEqual(after([0, true]))
  expect(after([0, true], [50, true])?.dueAt).toEqual(day(53))
})

test('due is from the moment on, and never when it is learned', () => {
  expect(isDue({ dueAt: day(3) }, day(2.9))).toBe(false)
  expect(isDue({ dueAt: day(3) }, day(3))).toBe(true)
  expect(isDue({ dueAt: null }, day(99))).toBe(false)
})
