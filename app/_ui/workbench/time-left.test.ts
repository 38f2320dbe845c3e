/** The countdown warns in time, and offers what is to be had. */
import { expect, test } from 'vitest'
import { timeLeft } from './time-left.ts'

const end = Date.parse('2026-01-01T12:00:00Z')
const at = (minutes: number, more = 60) =>
  timeLeft(
    {
      expiresAt: new Date(end).toISOString(),
      extendableUntil: new Date(end + more * 60_000).toISOString(),
    },
    end - minutes * 60_000,
    0,
  )

test('it warns a quarter of an hour and five minutes before the end', () => {
  expect([120, 16, 15, 6, 5, 0, -1].map((minutes) => at(minutes).warning)).toEqual([
    null,
    null,
    15,
    15,
    5,
    5,
    5,
  ])
  expect(at(-1).seconds).toBe(0)
})

test('more time is offered in the last hour, as long as there is any', () => {
  expect([61, 60, 1].map((minutes) => at(minutes).worthExtending)).toEqual([false, true, true])
  expect(at(10, 0.5)).toMatchObject({ extendable: false, worthExtending: false })
})

test('a laptop whose clock is an hour slow is warned as everybody else is', () => {
  const times = { expiresAt: new Date(end).toISOString(), extendableUntil: new Date(end).toISOString() }
  const hour = 60 * 60_000
  expect(timeLeft(times, end - 4 * 60_000 - hour, hour)).toMatchObject({ seconds: 240, warning: 5 })
})
