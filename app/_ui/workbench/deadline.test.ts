import { expect, test } from 'vitest'
import { asksAfter, isShown, saidOf } from './deadline.ts'

const minute = 60_000

test('it is said aloud at fifteen, at five and at one minute', () => {
  const said = [16, 15, 10, 5, 2, 1, 0.5].map((minutes) => saidOf(minutes * minute))
  expect(said).toEqual([null, 15, 15, 5, 5, 1, 1])
})

test('in the last half hour the server is asked once a minute, and at the end at once', () => {
  expect(asksAfter(31 * minute)).toBe(Number.POSITIVE_INFINITY)
  expect(asksAfter(30 * minute)).toBe(minute)
  expect(asksAfter(1)).toBe(minute)
  expect(asksAfter(0)).toBe(5_000)
  expect(asksAfter(-minute)).toBe(5_000)
})

test('an end that is more than a day away is no countdown', () => {
  expect([isShown(24 * 60 * minute), isShown(24 * 60 * minute + 1)]).toEqual([true, false])
})
