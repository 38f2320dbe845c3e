/** What a reader is told about a question's next time. */
import { expect, test } from 'vitest'
import { comesAgain, recallState } from './when.ts'

const now = new Date('2026-01-10T12:00:00Z')

test('days are counted up, so that nobody comes too early', () => {
  expect(comesAgain('2026-01-10T12:00:00Z', now)).toBe('today')
  expect(comesAgain('2026-01-11T11:59:00Z', now)).toBe('tomorrow')
  expect(comesAgain('2026-01-13T12:00:00Z', now)).toBe('in 3 days')
  expect(comesAgain('2026-01-13T12:00:01Z', now)).toBe('in 4 days')
})

test('a question says whether it waits for an answer, for its day, or is learned', () => {
  expect(recallState(null, now)).toBe('Did you know it?')
  expect(recallState({ dueAt: '2026-01-10T12:00:00Z' }, now)).toMatch(/due again/)
  expect(recallState({ dueAt: '2026-01-17T12:00:00Z' }, now)).toBe('Asked again in 7 days.')
  expect(recallState({ dueAt: null }, now)).toMatch(/^Learned/)
})
