import { describe, expect, test } from 'vitest'
import type { PlannedDatagrams } from '../../grader/guest.ts'
import { datagramsIn } from '../datagrams/load.ts'
import { expectSound } from '../shop/sound-plans.fixture.ts'
import { backgroundBurst, backgroundEveryMs, backgroundPlan, checkPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 48 }, (_, seed) => seed)
const volleys = (plan: ReturnType<typeof checkPlan>) =>
  plan.requests.filter((one): one is PlannedDatagrams => one.kind === 'datagrams')

describe('every plan', () => {
  test.each(seeds.slice(0, 24))('of seed %i is sorted, bounded and the same each time', (seed) => {
    const variant = variantOf(seed)
    for (const make of [checkPlan, backgroundPlan, (v: Variant, s: number) => probePlan(v, s)]) {
      expectSound(() => make(variant, seed))
    }
  })
})

describe('the check', () => {
  test('begins with a lone visit to the front page and ends within six seconds', () => {
    for (const seed of seeds) {
      const { requests } = checkPlan(variantOf(seed), seed)
      expect(requests[0]).toMatchObject({ atMs: 0, path: '/' })
      expect(Math.max(...requests.map((one) => one.atMs + one.totalTimeoutMs))).toBeLessThanOrEqual(6_000)
    }
  })

  test('brings bursts that the short queue cannot hold, and the kernel’s own can', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const bursts = volleys(checkPlan(variant, seed))
      expect(bursts.length).toBeGreaterThanOrEqual(4)
      for (const { count, overMs } of bursts) {
        expect(overMs).toBeUndefined()
        expect(count).toBeGreaterThan(20 * variant.backlog)
        // One more than the limit fits: `qlen <= max_backlog`.
        expect(count).toBeLessThanOrEqual(1_000)
      }
    }
  })

  test('leaves the collector room for every datagram until it is asked', () => {
    for (const seed of seeds) expect(datagramsIn(checkPlan(variantOf(seed), seed))).toBeLessThan(16_384)
  })
})

test('the background overflows the short queue and asks the shop for two pages a second', () => {
  for (const seed of seeds) {
    const plan = backgroundPlan(variantOf(seed), seed)
    expect(datagramsIn(plan)).toBe(backgroundBurst)
    expect((plan.requests.length - 1) / (backgroundEveryMs / 1000)).toBe(2)
    expect(plan.requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

describe('variants', () => {
  test('of neighbouring seeds differ, and each way of each occurs', () => {
    const ways = seeds.slice(0, 4).map((seed) => {
      const { mask, left } = variantOf(seed)
      return `${mask} ${left}`
    })
    expect(ways).toEqual(['3 sysctl', '1 sysctl', '3 script', '1 script'])
    expect(new Set(seeds.map((seed) => variantOf(seed).pattern)).size).toBe(3)
  })

  test('leave less than a third of a round of the softirq: a queue twice as long still overflows', () => {
    for (const seed of seeds) expect(2 * variantOf(seed).backlog).toBeLessThan(64)
  })
})
