/** Figures are computed, and a goal that is missed is never called met. */
import { expect, test } from 'vitest'
import { allMet, figure, machineText, median, percentile, report } from './figures.ts'

test('a percentile is a value that was really measured', () => {
  const values = [30, 10, 20, 40]
  expect(median(values)).toBe(20)
  expect(percentile(values, 0.95)).toBe(40)
  expect(percentile(values, 0)).toBe(10)
  expect(values).toEqual([30, 10, 20, 40])
  expect(() => median([])).toThrow('No values')
})

test('ratio and met follow from value, reference and goal', () => {
  expect(figure({ id: 'start.cold.p50', value: 823.456, unit: 'ms', reference: 300, goal: 3000 })).toEqual({
    id: 'start.cold.p50',
    value: 823,
    unit: 'ms',
    reference: 300,
    ratio: 2.74,
    goal: 3000,
    met: true,
  })
})

test('what was not promised is not judged, what was not compared has no ratio', () => {
  expect(figure({ id: 'density.cpu', value: 31.26, unit: '%' })).toMatchObject({
    value: 31.3,
    reference: null,
    ratio: null,
    goal: null,
    met: null,
  })
})

test('a goal is judged by what was measured, not by what was rounded', () => {
  const missed = figure({ id: 'echo.p50', value: 15.004, unit: 'ms', goal: 15 })
  expect(missed).toMatchObject({ value: 15, met: false })
  expect(allMet(report('echo', [missed], 'tcg'))).toBe(false)
})

test('the machine is named with what the figures depend on', () => {
  expect(machineText('tcg')).toMatch(/^\d+ × .+, \d+ GiB, Linux .+, tcg$/)
})
