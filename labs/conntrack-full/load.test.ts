import { describe, expect, test } from 'vitest'
import { neededFor } from './criteria.ts'
import { backgroundEveryMs, backgroundPlan, backgroundRate, checkPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  for (const make of [checkPlan, backgroundPlan, (v: Variant, s: number) => probePlan(v, s, 300)]) {
    const { requests } = make(variant, seed)
    const times = requests.map(({ atMs }) => atMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(0)
    expect(requests.every(({ src }) => /^198\.18\.(1[6-9]|2[0-7])\.([1-9]\d{0,2})$/.test(src))).toBe(true)
    expect(make(variant, seed)).toEqual(make(variant, seed))
  }
})

describe('the check', () => {
  test('ends within five seconds on a quiet host, and leaves a lost SYN time to be sent twice more', () => {
    for (const seed of seeds) {
      for (const { atMs, totalTimeoutMs } of checkPlan(variantOf(seed), seed).requests) {
        expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(4_600)
        expect(totalTimeoutMs).toBeGreaterThanOrEqual(2_900)
      }
    }
  })

  test('brings more clients within a tenth of a second than even a half larger table holds', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      expect(variant.burst).toBeGreaterThan(variant.limit + 20)
      expect(checkPlan(variant, seed).requests.length).toBeGreaterThan(variant.limit * 1.6)
    }
  })
})

test('the background comes at the rate that the criterion reckons with', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBe(backgroundRate)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

test('the probe asks for more connections than the table has places', () => {
  for (const seed of seeds) {
    const variant = variantOf(seed)
    expect(probePlan(variant, seed, 300).requests.length).toBe(variant.limit + 20)
  }
})

describe('variants', () => {
  test('of neighbouring seeds differ, in place and in lifetime', () => {
    const four = [0, 1, 2, 3].map(variantOf)
    expect(four.map(({ place }) => place)).toEqual(['sysctl', 'unit', 'sysctl', 'unit'])
    expect(four.map(({ closedS }) => closedS > 120)).toEqual([false, false, true, true])
    expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
  })

  test('all have too little room for what comes all the time, and none needs more than the usual 65536', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const connections = checkPlan(variant, seed).requests.length
      expect(variant.limit).toBeLessThan(neededFor(variant.closedS, connections))
      expect(neededFor(variant.closedS, connections)).toBeLessThan(65_536)
    }
  })
})
