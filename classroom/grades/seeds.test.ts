import { expect, test } from 'vitest'
import { newSeedKey, type SeedInput, seedOf } from './seeds.ts'

const input: SeedInput = {
  seedKey: 'k'.repeat(64),
  seedPolicy: 'learner',
  lab: 'accept-queue',
  personId: '0197f7b0-0000-7000-8000-000000000001',
  number: 1,
}
const other = '0197f7b0-0000-7000-8000-000000000002'

test('each learner has a variant of their own, the same at every attempt', () => {
  expect(seedOf({ ...input, number: 2 })).toBe(seedOf(input))
  expect(seedOf({ ...input, personId: other })).not.toBe(seedOf(input))
})

test('a new variant at each attempt, and the same one whenever that attempt is asked for', () => {
  const attempt = { ...input, seedPolicy: 'attempt' as const }
  expect(seedOf(attempt)).toBe(seedOf({ ...attempt }))
  expect(seedOf({ ...attempt, number: 2 })).not.toBe(seedOf(attempt))
  expect(seedOf({ ...attempt, personId: other })).not.toBe(seedOf(attempt))
})

test('one variant for the whole cohort, another one for each lab', () => {
  const cohort = { ...input, seedPolicy: 'cohort' as const }
  expect(seedOf({ ...cohort, personId: other, number: 3 })).toBe(seedOf(cohort))
  expect(seedOf({ ...cohort, lab: 'silent-drop' })).not.toBe(seedOf(cohort))
})

test('seeds are whole numbers that the database holds, and another key gives others', () => {
  const seeds = Array.from({ length: 500 }, (_, i) => seedOf({ ...input, personId: String(i) }))
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true)
  expect(new Set(seeds).size).toBeGreaterThan(495)
  expect(seedOf({ ...input, seedKey: newSeedKey() })).not.toBe(seedOf(input))
})

test('seeds stay what they are: attempts that run depend on it', () => {
  expect([input, { ...input, seedPolicy: 'cohort' as const }].map(seedOf)).toMatchInlineSnapshot(`
    [
      140229274,
      1076345800,
    ]
  `)
})
