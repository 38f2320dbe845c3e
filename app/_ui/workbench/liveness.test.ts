/** A connection that is lost without a word is noticed, and one that is only quiet is kept. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerMs, liveness, quietMs } from './liveness.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function line() {
  const seen = { asked: 0, dead: 0 }
  const live = liveness({ ask: () => seen.asked++, dead: () => seen.dead++ })
  return { seen, live }
}

test('one that has been silent is asked, and given up when no answer comes', () => {
  const { seen } = line()
  vi.advanceTimersByTime(quietMs - 1)
  expect(seen).toEqual({ asked: 0, dead: 0 })
  vi.advanceTimersByTime(1 + answerMs)
  expect(seen).toEqual({ asked: 1, dead: 1 })
})

test('one that answers, or says anything else, is kept', () => {
  const { seen, live } = line()
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(quietMs)
    live.heard()
  }
  expect(seen).toEqual({ asked: 10, dead: 0 })
})

test('a laptop that wakes asks at once, and waits no longer for that', () => {
  const { seen, live } = line()
  live.probe()
  vi.advanceTimersByTime(answerMs)
  expect(seen).toEqual({ asked: 1, dead: 1 })
})

test('a page that has left asks nothing more', () => {
  const { seen, live } = line()
  live.stop()
  vi.advanceTimersByTime(10 * quietMs)
  expect(seen).toEqual({ asked: 0, dead: 0 })
})
