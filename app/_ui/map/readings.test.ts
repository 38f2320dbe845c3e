import { expect, test, vi } from 'vitest'
import { aSecond } from '#/sandbox/counters/second.fixture.ts'
import { createReadings, withReadings } from './readings.ts'

const times = (readings: ReturnType<typeof createReadings>) => readings.current().map(({ t }) => t)

test('the past that comes late takes its place, and what comes twice counts once', () => {
  const readings = createReadings()
  readings.add([aSecond(5_000)])
  readings.add([aSecond(3_000), aSecond(4_000), aSecond(5_000)])
  expect(times(readings)).toEqual([3_000, 4_000, 5_000])
})

test('what is older than two minutes goes', () => {
  const readings = createReadings()
  readings.add([aSecond(1_000), aSecond(2_000)])
  readings.add([aSecond(122_000)])
  expect(times(readings)).toEqual([2_000, 122_000])
})

test('listeners hear of changes only', () => {
  const readings = createReadings()
  const heard = vi.fn()
  const stop = readings.subscribe(heard)
  readings.clear()
  readings.add([])
  readings.add([aSecond(1_000)])
  readings.add([aSecond(1_000)])
  expect(heard).toHaveBeenCalledTimes(1)
  stop()
  readings.clear()
  expect(heard).toHaveBeenCalledTimes(1)
  expect(times(readings)).toEqual([])
})

test('nothing new is the same array', () => {
  const known = [aSecond(1_000)]
  expect(withReadings(known, [aSecond(1_000)])).toBe(known)
})
