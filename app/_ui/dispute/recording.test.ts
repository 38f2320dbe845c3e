import { expect, test } from 'vitest'
import { countUntil, marksOf, nextOutput, readRecording, sizeOf, stepTo } from './recording.ts'

const text = [
  '{"version":2,"width":80,"height":24,"timestamp":1700000000,"title":"x"}',
  '[0.5, "o", "$ "]',
  '[1.0, "r", "100x30"]',
  'torn ["',
  '[2.0, "m", "check"]',
  '[60.25, "o", "done\\u001b[0m"]',
  '',
].join('\n')

const read = () => {
  const recorded = readRecording(text)
  if (!recorded) throw new Error('it is one')
  return recorded
}

test('a recording is read, and a torn line is left out', () => {
  const { startedAt, cols, rows, events } = read()
  expect([startedAt, cols, rows]).toEqual([1_700_000_000_000, 80, 24])
  expect(events.map(([ms, code]) => [ms, code])).toEqual([
    [500, 'o'],
    [1000, 'r'],
    [2000, 'm'],
    [60_250, 'o'],
  ])
  expect(readRecording('{"version":3}')).toBeNull()
  expect(readRecording('')).toBeNull()
})

test('going on writes what is new; going back begins anew', () => {
  const recorded = read()
  expect(stepTo(recorded, 0, 1_500)).toEqual({ from: 0, to: 2 })
  expect(stepTo(recorded, 2, 60_250)).toEqual({ from: 2, to: 4 })
  expect(stepTo(recorded, 4, 600)).toEqual({ from: 0, to: 1 })
  expect(countUntil(recorded.events, 0)).toBe(0)
  expect(countUntil(recorded.events, 1e9)).toBe(4)
})

test('marks, sizes, and the next output', () => {
  expect(marksOf(read())).toEqual([{ ms: 2000, name: 'check' }])
  expect(nextOutput(read(), 500)).toBe(60_250)
  expect(nextOutput(read(), 60_250)).toBeNull()
  expect(sizeOf('100x30')).toEqual({ cols: 100, rows: 30 })
  expect([sizeOf('0x30'), sizeOf('99999x1'), sizeOf('x')]).toEqual([null, null, null])
})
