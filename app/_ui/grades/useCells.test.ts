import { expect, test } from 'vitest'
import { after } from './useCells.ts'

const size = { rows: 5_000, columns: 19, page: 15 }
const press = (key: string, at = { row: 10, column: 3 }, ctrlKey = false) =>
  after({ key, ctrlKey, metaKey: false }, at, size)

test('arrows go from cell to cell and stop at the edges', () => {
  expect(press('ArrowDown')).toEqual({ row: 11, column: 3 })
  expect(press('ArrowLeft')).toEqual({ row: 10, column: 2 })
  expect(press('ArrowUp', { row: 0, column: 0 })).toEqual({ row: 0, column: 0 })
  expect(press('ArrowRight', { row: 0, column: 18 })).toEqual({ row: 0, column: 18 })
})

test('pages and ends', () => {
  expect(press('PageDown')).toEqual({ row: 25, column: 3 })
  expect(press('PageDown', { row: 4_990, column: 3 })).toEqual({ row: 4_999, column: 3 })
  expect(press('PageUp')).toEqual({ row: 0, column: 3 })
  expect(press('Home')).toEqual({ row: 10, column: 0 })
  expect(press('End', undefined, true)).toEqual({ row: 4_999, column: 18 })
  expect(press('Home', undefined, true)).toEqual({ row: 0, column: 0 })
})

test('other keys are the browser’s', () => {
  expect(press('a')).toBeNull()
  expect(press('ArrowDown', undefined, true)).toBeNull()
})
