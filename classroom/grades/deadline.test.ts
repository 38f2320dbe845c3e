import { expect, test } from 'vitest'
import { type Dates, datesFor, deadlineOf, lastMoment } from './deadline.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 4, 1, hour))
const dates: Dates = { releaseAt: at(1), dueAt: at(10), lateDueAt: at(20), minutes: 60 }
const none = { dueAt: null, lateDueAt: null, extraMinutes: 0 }

test('time is up at the end of the time limit or at the last moment that counts, whichever comes first', () => {
  expect(deadlineOf(dates, at(3))).toEqual(at(4))
  expect(deadlineOf(dates, new Date(at(20).getTime() - 60_000))).toEqual(at(20))
  expect(deadlineOf({ ...dates, minutes: null }, at(3))).toEqual(at(20))
  expect(deadlineOf({ ...dates, dueAt: null, lateDueAt: null }, at(3))).toEqual(at(4))
  expect(deadlineOf({ ...dates, dueAt: null, lateDueAt: null, minutes: null }, at(3))).toBeNull()
})

test('without a late-due date the due date is the last moment', () => {
  expect(lastMoment({ ...dates, lateDueAt: null })).toEqual(at(10))
})

test('an extension gives more time and a later date', () => {
  const extended = datesFor(dates, { dueAt: at(12), lateDueAt: at(22), extraMinutes: 30 })
  expect(extended).toEqual({ releaseAt: at(1), dueAt: at(12), lateDueAt: at(22), minutes: 90 })
  expect(datesFor({ ...dates, minutes: null }, { ...none, extraMinutes: 30 }).minutes).toBeNull()
})

test('an extension gives a late time where nothing counted late, and none where nothing ends', () => {
  const strict = { ...dates, lateDueAt: null }
  expect(datesFor(strict, { ...none, lateDueAt: at(22) })).toMatchObject({ dueAt: at(10), lateDueAt: at(22) })
  expect(datesFor(strict, none).lateDueAt).toBeNull()
  expect(lastMoment(datesFor({ ...strict, dueAt: null }, { ...none, lateDueAt: at(22) }))).toBeNull()
})

test('an extension past the last moment moves that as well', () => {
  expect(lastMoment(datesFor(dates, { ...none, dueAt: at(23) }))).toEqual(at(23))
  expect(lastMoment(datesFor({ ...dates, lateDueAt: null }, { ...none, dueAt: at(23) }))).toEqual(at(23))
})

test('an extension never takes away: dates that were moved behind it win', () => {
  expect(datesFor(dates, { dueAt: at(9), lateDueAt: at(11), extraMinutes: 0 })).toEqual(dates)
  expect(datesFor({ ...dates, dueAt: null, lateDueAt: null }, { ...none, dueAt: at(9) }).dueAt).toBeNull()
})
