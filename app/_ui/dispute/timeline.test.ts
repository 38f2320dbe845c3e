import { expect, test } from 'vitest'
import type { CountersSecond } from '#/sandbox/counters/schema.ts'
import { timelineOf, windowAt } from './timeline.ts'

const second = (t: number) => ({ t, generation: 0, world: [] }) as unknown as CountersSecond
const recorded = {
  startedAt: 10_000,
  cols: 80,
  rows: 24,
  events: [[5_000, 'o', 'x'] as [number, 'o', string]],
}

test('the clock goes from the first thing that was recorded to the last', () => {
  expect(timelineOf(recorded, [])).toEqual({ from: 10_000, to: 15_000 })
  expect(timelineOf(recorded, [second(9_000), second(40_000)])).toEqual({ from: 9_000, to: 40_000 })
  expect(timelineOf({ ...recorded, events: [] }, [])).toEqual({ from: 10_000, to: 10_001 })
})

test('a moment shows the two minutes before it and nothing after', () => {
  const all = [1, 2, 60, 125, 130].map((s) => second(s * 1000))
  expect(windowAt(all, 125_000).map(({ t }) => t)).toEqual([60_000, 125_000])
  expect(windowAt(all, 500)).toEqual([])
})
