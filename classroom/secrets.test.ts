import { expect, test } from 'vitest'
import { inGroups, newJoinCode, newReturnCode, readCode } from './secrets.ts'

test('a code is read however somebody types it', () => {
  const code = '7GQ2A01BZZ90H1XY'
  expect(inGroups(code)).toBe('7GQ2-A01B-ZZ90-H1XY')
  for (const typed of [code, inGroups(code), ' 7gq2 aoib zz9o hlxy ', '7GQ2–A01B—ZZ90‐H1XY\n']) {
    expect(readCode(typed, 16)).toBe(code)
  }
})

test('what cannot be a code is none', () => {
  for (const typed of [
    '',
    '7GQ2',
    'U'.repeat(16),
    '7GQ2-A01B-ZZ90-H1XY-0',
    '7GQ2-A01B-ZZ90-H1X!',
    '\0'.repeat(16),
  ]) {
    expect(readCode(typed, 16)).toBeNull()
  }
})

test('codes are as long as they should be, and never the same', () => {
  const codes = Array.from({ length: 500 }, newReturnCode)
  expect(new Set(codes).size).toBe(500)
  expect(codes.every((code) => readCode(code, 16) === code)).toBe(true)
  expect(readCode(newJoinCode(), 12)).toHaveLength(12)
})
