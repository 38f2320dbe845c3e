import { expect, test } from 'vitest'
import { random } from './random.ts'

test('the same seed and name give the same numbers for ever', () => {
  const draw = random(7, 'variant')
  expect([draw.int(0, 999), draw.int(0, 999), draw.int(0, 999)]).toEqual([585, 801, 415])
})

test('another name or seed gives other numbers', () => {
  const first = (seed: number, name: string) => random(seed, name).next()
  expect(new Set([first(7, 'a'), first(7, 'b'), first(8, 'a')]).size).toBe(3)
})

test('whole numbers reach both ends and nothing beyond', () => {
  const draw = random(1, 'ends')
  const drawn = new Set(Array.from({ length: 500 }, () => draw.int(3, 6)))
  expect([...drawn].sort()).toEqual([3, 4, 5, 6])
})
