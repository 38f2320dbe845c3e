import { expect, test } from 'vitest'
import { cpuMs, servingOf, ticksOf } from './processes.ts'

test('processor time is read behind a name with blanks and brackets', () => {
  expect(ticksOf('298 (puma srv) tp (001) S 1 281 281 0 -1 4194368 4 0 0 0 17 5 0 0 20 0 13')).toBe(22)
  expect(ticksOf('')).toBe(0)
})

test('a process is found by its id and by a word of its command, and its time is counted', () => {
  const pids = servingOf('no container of that name', [process.pid])
  expect(pids).toContain(String(process.pid))
  expect(cpuMs(pids)).toBeGreaterThan(0)
  expect(cpuMs(['0'])).toBe(0)
})
