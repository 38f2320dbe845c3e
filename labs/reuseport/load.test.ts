import { describe, expect, test } from 'vitest'
import { expectSound } from '../shop/sound-plans.fixture.ts'
import { backgroundEveryMs, backgroundPlan, checkPlan, probePlan } from './load.ts'
import { variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  expectSound(() => checkPlan(variant, seed))
  expectSound(() => backgroundPlan(variant, seed))
  expectSound(() => probePlan(seed, 300))
})

describe('the check', () => {
  test('ends within five and a half seconds, however broken the machine is', () => {
    for (const seed of seeds)
      for (const { atMs, totalTimeoutMs } of checkPlan(variantOf(seed), seed).requests)
        expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(5_500)
  })

  test('never brings more clients at once than the queue of one healthy listener holds', () => {
    for (const seed of seeds) {
      const { requests } = checkPlan(variantOf(seed), seed)
      const within = (from: number) => requests.filter(({ atMs }) => atMs >= from && atMs < from + 100).length
      const most = Math.max(...requests.map(({ atMs }) => within(atMs)))
      expect(most).toBeLessThan(variantOf(seed).limit)
    }
  })

  test('is so many that no hash leaves one listener out', () => {
    for (const seed of seeds) expect(checkPlan(variantOf(seed), seed).requests.length).toBeGreaterThan(80)
  })
})

test('the background asks for two and a half pages a second', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBe(2.5)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

test('neighbouring variants differ in their cause', () => {
  expect([0, 1, 2, 3].map((seed) => variantOf(seed).cause)).toEqual([
    'stopped',
    'orphan',
    'stopped',
    'orphan',
  ])
  expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
})
