import { expect, test } from 'vitest'
import { levelTop, threadWidth, vessels } from './layout.ts'
import { nextPlace } from './useRove.ts'

test.each(Object.entries(vessels))(
  'the level of %s goes from its floor to its notch, and not over its rim',
  (_, vessel) => {
    expect(levelTop(vessel, 0)).toBe(vessel.floor)
    expect(levelTop(vessel, 1)).toBe(vessel.limit)
    expect(levelTop(vessel, 40)).toBe(vessel.rim)
    expect(vessel.rim).toBeLessThanOrEqual(vessel.limit)
  },
)

test('one of very many is a line that can be seen', () => {
  const vessel = vessels['accept-queue']
  if (!vessel) throw new Error('no vessel')
  expect(levelTop(vessel, 1 / 4_096)).toBe(vessel.floor - 1.5)
})

test('the line is thicker the more passes, in tenfolds, and has a bound', () => {
  const widths = [null, 0, 1, 10, 100, 1_000, 10_000].map(threadWidth)
  expect(widths).toEqual([...widths].sort((a, b) => a - b))
  expect(widths.slice(0, 2)).toEqual([1, 1])
  expect(threadWidth(1e12)).toBe(5)
})

test('arrows stop at the ends, other keys are somebody else’s', () => {
  expect(nextPlace('ArrowLeft', 0, 12)).toBe(0)
  expect(nextPlace('ArrowRight', 3, 12)).toBe(4)
  expect(nextPlace('ArrowDown', 11, 12)).toBe(11)
  expect(nextPlace('Home', 7, 12)).toBe(0)
  expect(nextPlace('End', 7, 12)).toBe(11)
  expect(nextPlace('a', 7, 12)).toBeNull()
})
