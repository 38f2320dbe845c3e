/** Used memory is what no program could have; the page cache is not. */
import { expect, test } from 'vitest'
import { cpuTimes, measureUsage, usedMemoryMb } from './usage.ts'

test('used memory is total less available', () => {
  const meminfo =
    'MemTotal:       24576 kB\nMemFree:         1024 kB\nMemAvailable:   14336 kB\nCached: 9000 kB\n'
  expect(usedMemoryMb(meminfo)).toBe(10)
})

test('waiting for a disk is not work, interrupts are', () => {
  expect(cpuTimes('cpu  100 10 20 5000 300 3 4 9 0 0\ncpu0 1 1 1 1\n')).toEqual({ busy: 137 })
})

test('this machine uses some of both', async () => {
  const { memoryMb, cpuPercent } = await measureUsage(0.6)
  expect(memoryMb).toBeGreaterThan(10)
  expect(cpuPercent).toBeGreaterThanOrEqual(0)
})
