import { describe, expect, test } from 'vitest'
import { backgroundEveryMs, backgroundPlan, checkPlan, largestBurst, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

describe('every plan', () => {
  test.each(seeds.slice(0, 24))('of seed %i is sorted, bounded and the same each time', (seed) => {
    const variant = variantOf(seed)
    for (const make of [checkPlan, backgroundPlan, (v: Variant, s: number) => probePlan(v, s, 300)]) {
      const { requests } = make(variant, seed)
      const times = requests.map(({ atMs }) => atMs)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times[0]).toBeGreaterThanOrEqual(0)
      expect(requests.every(({ src }) => /^198\.18\.(1[6-9]|2\d|3[01])\.([1-9]\d{0,2})$/.test(src))).toBe(
        true,
      )
      expect(make(variant, seed)).toEqual(make(variant, seed))
    }
  })
})

describe('the check', () => {
  test('ends within seven seconds, however broken the machine is', () => {
    for (const seed of seeds) {
      const { requests } = checkPlan(variantOf(seed), seed)
      for (const { atMs, totalTimeoutMs, connectTimeoutMs } of requests) {
        expect(atMs + Math.max(totalTimeoutMs, connectTimeoutMs)).toBeLessThanOrEqual(6_900)
        expect(totalTimeoutMs).toBeGreaterThanOrEqual(3_000)
      }
    }
  })

  test('brings far more clients at once than the broken queue and all threads hold', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const times = checkPlan(variant, seed).requests.map(({ atMs }) => atMs)
      expect(largestBurst(times)).toBeGreaterThan(2 * (variant.limit + variant.threads))
    }
  })

  test('comes from many addresses', () => {
    const { requests } = checkPlan(variantOf(3), 3)
    expect(new Set(requests.map(({ src }) => src)).size).toBeGreaterThan(requests.length * 0.9)
  })
})

test('the background overflows the broken queue and asks for about four pages a second', () => {
  for (const seed of seeds) {
    const variant = variantOf(seed)
    const { requests } = backgroundPlan(variant, seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeGreaterThan(3)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeLessThan(5)
    expect(largestBurst(requests.map(({ atMs }) => atMs))).toBeGreaterThan(
      variant.limit + variant.threads + 15,
    )
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

describe('variants', () => {
  test('of neighbouring seeds differ, and both causes and thread counts occur', () => {
    const [a, b, c, d] = [0, 1, 2, 3].map(variantOf)
    expect([a?.cause, b?.cause, c?.cause, d?.cause]).toEqual(['somaxconn', 'backlog', 'somaxconn', 'backlog'])
    expect([a?.threads, b?.threads, c?.threads, d?.threads]).toEqual([8, 8, 4, 4])
    expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
  })

  test('need no more than two machine templates', () => {
    expect([...new Set(seeds.map((seed) => variantOf(seed).threads))].sort()).toEqual([4, 8])
  })
})

test('a burst is what arrives within a tenth of a second', () => {
  expect(largestBurst([])).toBe(0)
  expect(largestBurst([0, 10, 20, 500, 510, 520, 530, 2000])).toBe(4)
  expect(largestBurst([0, 60, 120, 180])).toBe(2)
})
