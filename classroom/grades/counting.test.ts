import { expect, test } from 'vitest'
import { counted } from './counting.ts'

const rated = (minute: number, share: number) => ({ submittedAt: new Date(minute * 60_000), share })
const [first, best, last] = [rated(1, 0.4), rated(2, 0.9), rated(3, 0.9)]

test('the best, the last or the first one counts; of two equally good ones the earlier', () => {
  const mixed = [last, first, best]
  expect(counted('best', mixed)).toBe(best)
  expect(counted('last', mixed)).toBe(last)
  expect(counted('first', mixed)).toBe(first)
})

test('of none, none counts', () => {
  for (const counting of ['best', 'last', 'first'] as const) expect(counted(counting, [])).toBeNull()
})
