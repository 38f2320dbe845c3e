import { describe, expect, test } from 'vitest'
import { backgroundEveryMs, backgroundPlan, checkPlan, crowd, probePlan, threadsNeeded } from './load.ts'
import { threads, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

describe('every plan', () => {
  test.each(seeds.slice(0, 24))('of seed %i is sorted, bounded and the same each time', (seed) => {
    const variant = variantOf(seed)
    for (const make of [
      () => checkPlan(variant, seed),
      () => backgroundPlan(variant, seed),
      () => probePlan(300),
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
  const endOf = (seed: number, patience: number) =>
    Math.max(
      ...checkPlan(variantOf(seed), seed, patience).requests.map(
        ({ atMs, totalTimeoutMs }) => atMs + totalTimeoutMs,
      ),
    )

  test('ends within six and a half seconds, however broken the machine is', () => {
    for (const seed of seeds) expect(endOf(seed, 1)).toBeLessThanOrEqual(6_500)
  })

  test('brings more front pages than the few threads serve in time, even on a busy host', () => {
    for (const seed of seeds) {
      const { delayMs } = variantOf(seed)
      const pageMs = delayMs + 60
      expect(Math.ceil(crowd.pages / threads) * pageMs).toBeGreaterThan(crowd.overMs + 2 * crowd.patienceMs)
    }
  })

  test('is served by the threads that the image starts Puma with, and not by one or two more than there are', () => {
    for (const seed of seeds) {
      expect(threadsNeeded(variantOf(seed))).toBeGreaterThan(threads + 2)
      expect(threadsNeeded(variantOf(seed))).toBeLessThanOrEqual(8)
    }
  })
})

test('the background comes in waves, less than two requests a second', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeGreaterThan(1)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeLessThan(2)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
    expect(requests.filter(({ path }) => path === '/').length).toBeGreaterThan(2 * threads)
  }
})

test('neighbouring variants differ, and every cause occurs', () => {
  expect([0, 1, 2, 3].map((seed) => variantOf(seed).cause)).toEqual([
    'settings',
    'config',
    'override',
    'settings',
  ])
  expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
})
