/** What a ringing program is allowed. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeBell } from './bell.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function bench() {
  const element: { dataset: DOMStringMap } = { dataset: {} }
  let at = 0
  let sounds = 0
  const bell = makeBell(
    element,
    () => at,
    () => void sounds++,
  )
  const after = (ms: number) => {
    at += ms
  }
  return { element, bell, after, sounds: () => sounds }
}

test('a visual bell is seen, and goes away', () => {
  const { element, bell, sounds } = bench()
  bell('visual')
  expect(element.dataset.bell).toBe('')
  vi.advanceTimersByTime(200)
  expect(element.dataset.bell).toBeUndefined()
  expect(sounds()).toBe(0)
})

test('a program that rings without end is heard four times a second', () => {
  const { bell, after, sounds } = bench()
  for (let ms = 0; ms < 1000; ms++) {
    bell('sound')
    after(1)
  }
  expect(sounds()).toBe(4)
})

test('a bell that is switched off does nothing', () => {
  const { element, bell, sounds } = bench()
  bell('none')
  expect(element.dataset.bell).toBeUndefined()
  expect(sounds()).toBe(0)
})
