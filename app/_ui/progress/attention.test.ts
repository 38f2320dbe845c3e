/** When a heading is reached, and when a chapter was read to its end. */
import { expect, test } from 'vitest'
import { hasReadLongEnough, headingReached } from './attention.ts'

const tops = (...values: number[]) => values.map((top, index) => ({ id: `h${index}`, top }))

test('the place is the last heading in the upper third of the window', () => {
  expect(headingReached(tops(-500, 100, 700), 900)).toBe('h1')
  expect(headingReached(tops(-900, -400, -1), 900)).toBe('h2')
})

test('above the first heading there is no place yet, and none in a text without headings', () => {
  expect(headingReached(tops(300, 900), 900)).toBeNull()
  expect(headingReached([], 900)).toBeNull()
})

test('a jump to the end is no reading; a fifth of the time is', () => {
  expect(hasReadLongEnough(10_000, 15)).toBe(false)
  expect(hasReadLongEnough(180_000, 15)).toBe(true)
})
