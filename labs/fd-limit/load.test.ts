import { describe, expect, test } from 'vitest'
import { backgroundEveryMs, backgroundPlan, checkPlan, isIdle, probePlan } from './load.ts'
import { variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

describe('every plan', () => {
  test.each(seeds.slice(0, 24))('of seed %i is sorted, bounded and the same each time', (seed) => {
    const variant = variantOf(seed)
    for (const make of [
      () => checkPlan(variant, seed),
      () => backgroundPlan(variant, seed),
      () => probePlan(variant, 400),
    ]) {
      const { requests } = make()
      const times = requests.map(({ atMs }) => atMs)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times[0]).toBeGreaterThanOrEqual(0)
      expect(requests.every(({ src }) => /^198\.18\.(1[6-9]|2\d|3[01])\.([1-9]\d{0,2})$/.test(src))).toBe(
        true,
      )
      expect(make()).toEqual(make())
    }
  })
})

describe('the check', () => {
  test.each([1, 2])(
    'lets nobody speak who holds on before the others have given up, with %i times the patience',
    (patience) => {
      for (const seed of seeds) {
        const { requests } = checkPlan(variantOf(seed), seed, patience)
        const [, ...crowd] = requests
        const speaks = crowd.filter(({ path }) => isIdle(path)).map(({ atMs, holdMs = 0 }) => atMs + holdMs)
        const gaveUp = crowd
          .filter(({ path }) => !isIdle(path))
          .map(({ atMs, totalTimeoutMs }) => atMs + totalTimeoutMs)
        expect(Math.min(...speaks)).toBeGreaterThanOrEqual(Math.max(...gaveUp))
      }
    },
  )

  test('ends within seven seconds, however broken the machine is', () => {
    for (const seed of seeds)
      for (const { atMs, totalTimeoutMs } of checkPlan(variantOf(seed), seed).requests)
        expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(7_000)
  })
})

test('the background brings more silent clients than find a descriptor, and less than three requests a second', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.filter(({ path }) => isIdle(path)).length).toBeGreaterThan(variantOf(seed).limit - 10)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeLessThan(3)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

test('neighbouring variants differ, and both causes occur', () => {
  expect([0, 1, 2, 3].map((seed) => variantOf(seed).cause)).toEqual([
    'settings',
    'config',
    'settings',
    'config',
  ])
  expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
})
