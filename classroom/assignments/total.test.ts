import { expect, test } from 'vitest'
import { totalOf } from './total.ts'

const part = (
  weight: number,
  share: number | null,
  state: Parameters<typeof totalOf>[0][0]['state'] = 'submitted',
) => ({
  weight,
  share,
  state,
})

test('labs count by their weights; what is not there yet is nothing', () => {
  expect(totalOf([part(3, 1), part(1, 0.5, 'late')])).toBe(0.875)
  expect(totalOf([part(1, 1), part(1, null, null), part(2, null, 'running')])).toBe(0.25)
})

test('what is excused is neither for nor against', () => {
  expect(totalOf([part(1, 0.8), part(9, null, 'excused')])).toBe(0.8)
  expect(totalOf([part(1, null, 'excused')])).toBeNull()
  expect(totalOf([])).toBeNull()
})

test('with a lab that could not be judged nobody can say the total: it is neither left out nor nothing', () => {
  expect(totalOf([part(1, 1), part(1, null, 'error')])).toBe('undecided')
  expect(totalOf([part(1, null, 'excused'), part(1, null, 'error')])).toBe('undecided')
})
