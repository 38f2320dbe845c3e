import { describe, expect, test } from 'vitest'
import {
  backgroundEveryMs,
  backgroundPlan,
  checkPlan,
  crowd,
  pagesOf,
  probePlan,
  threadsEnough,
  threadsNeeded,
} from './load.ts'
import { variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

describe('every plan', () => {
  test.each(seeds.slice(0, 24))('of seed %i is sorted, bounded and the same each time', (seed) => {
    const variant = variantOf(seed)
    for (const make of [
      () => checkPlan(variant, seed),
      () => backgroundPlan(variant, seed),
      () => probePlan(variant, 300),
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
      const variant = variantOf(seed)
      const pageMs = variant.delayMs + 60
      expect(Math.ceil(pagesOf(variant) / variant.threads) * pageMs).toBeGreaterThan(
        crowd.overMs + 2 * crowd.patienceMs,
      )
    }
  })

  test('is not served by one or two threads more than there are, and by sixteen for certain', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const enough = threadsEnough(checkPlan(variant, seed).requests, variant)
      expect(threadsNeeded(variant)).toBeGreaterThan(variant.threads + 2)
      expect(enough).toBeGreaterThanOrEqual(threadsNeeded(variant))
      expect(enough).toBeLessThan(16)
    }
  })

  test('has to do with when its clients come: a thread serves two who come at once, and any number who come one by one', () => {
    const pages = (...times: number[]) => times.map((atMs) => ({ atMs, path: '/' }))
    const item = { atMs: 10, path: '/items/1' }
    const prices = { delayMs: 1_600 }
    expect(threadsEnough(pages(0, 1_800, 3_600, 5_400), prices)).toBe(1)
    expect(threadsEnough(pages(0, 0), prices)).toBe(1)
    expect(threadsEnough([...pages(0, 0), item], prices)).toBe(1)
    expect(threadsEnough([...pages(0, 0, 0), item], prices)).toBe(2)
    expect(threadsEnough(pages(0, 0, 0, 0, 0), prices)).toBe(3)
    expect(threadsEnough(pages(0, 0, 0), { delayMs: 4_000 })).toBe(3)
  })
})

test('the background comes in waves, two requests a second at most', () => {
  for (const seed of seeds) {
    const { threads } = variantOf(seed)
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeGreaterThan(1)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeLessThanOrEqual(2)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
    expect(requests.filter(({ path }) => path === '/').length).toBeGreaterThan(2 * threads)
  }
})

test('neighbouring variants differ, and every cause occurs with every number of threads', () => {
  expect([0, 1, 2, 3].map((seed) => variantOf(seed).cause)).toEqual([
    'settings',
    'config',
    'override',
    'settings',
  ])
  const neighbours = seeds.slice(1).map((seed) => [variantOf(seed - 1).threads, variantOf(seed).threads])
  expect(neighbours.filter(([one, other]) => one === other).length).toBeLessThan(10)
  const cases = seeds.map((seed) => `${variantOf(seed).cause} ${variantOf(seed).threads}`)
  expect(new Set(cases).size).toBe(9)
  expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
})
