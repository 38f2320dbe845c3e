/** The whole machine is measured, so what other programs do meanwhile must not become a figure. */
import { expect, test } from 'vitest'
import { restOf } from './density.ts'

const usage = (memoryMb: number, cpuPercent = 10) => ({ memoryMb, cpuPercent })

test('rest is the mean of before and after', () => {
  expect(restOf(usage(1000, 4), usage(1040, 6), usage(1800))).toEqual({ memoryMb: 1020, cpuPercent: 5 })
})

test('a machine that rested differently before and after gives no figures', () => {
  expect(() => restOf(usage(1000), usage(1500), usage(1800))).toThrow(/used and freed memory/)
  expect(() => restOf(usage(1000), usage(1000), usage(900))).toThrow(/used and freed memory/)
})
