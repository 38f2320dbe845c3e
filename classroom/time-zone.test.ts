import { expect, test } from 'vitest'
import { localOf, momentOf } from './time-zone.ts'

const berlin = (local: string) => momentOf('Europe/Berlin', local).toISOString()

test('a clock on the wall is a moment, in winter and in summer', () => {
  expect(berlin('2026-01-15T18:00')).toBe('2026-01-15T17:00:00.000Z')
  expect(berlin('2026-07-15T18:00')).toBe('2026-07-15T16:00:00.000Z')
  expect(localOf('Europe/Berlin', new Date('2026-07-15T16:00:00Z'))).toBe('2026-07-15T18:00')
  expect(localOf('Asia/Kathmandu', new Date('2026-07-15T16:00:00Z'))).toBe('2026-07-15T21:45')
})

test('the night of the change: the hour that is left out, and the hour that comes twice', () => {
  expect(berlin('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z')
  expect(berlin('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
})

test('what is no date is refused', () => {
  for (const local of ['', 'tomorrow', '2026-13-01T00:00', '2026-02-30T00:00']) {
    expect(() => momentOf('UTC', local)).toThrow(/no date/)
  }
})
