import { describe, expect, test } from 'vitest'
import type { PlannedDatagrams } from '../../grader/guest.ts'
import { datagramsIn } from '../datagrams/load.ts'
import { preparedRing } from '../datagrams/machine.ts'
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

  test('brings bursts that the broken ring cannot hold and the prepared one can', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const sudden = volleys(checkPlan(variant, seed)).filter(({ overMs }) => overMs === undefined)
      expect(sudden.length).toBeGreaterThanOrEqual(2)
      for (const { count } of sudden) {
        expect(count).toBeGreaterThan(10 * variant.ring)
        expect(count).toBeLessThan(preparedRing)
      }
    }
  })

  test('leaves the collector room for every datagram until it is asked', () => {
    for (const seed of seeds) expect(datagramsIn(checkPlan(variantOf(seed), seed))).toBeLessThan(16_384)
  })
})

test('the background overflows the broken ring and asks the shop for two pages a second', () => {
  for (const seed of seeds) {
    const variant = variantOf(seed)
    const plan = backgroundPlan(variant, seed)
    expect(datagramsIn(plan)).toBe(backgroundBurst)
    expect(backgroundBurst).toBeGreaterThan(4 * variant.ring)
    expect((plan.requests.length - 1) / (backgroundEveryMs / 1000)).toBe(2)
    expect(plan.requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

test('neighbouring seeds differ in what cut the ring, and all ways occur', () => {
  expect(seeds.slice(0, 6).map((seed) => variantOf(seed).left)).toEqual([
    ...['interfaces', 'drop-in', 'script', 'interfaces', 'drop-in', 'script'],
  ])
  expect(new Set(seeds.map((seed) => variantOf(seed).pattern)).size).toBe(3)
  expect(seeds.every((seed) => variantOf(seed).ring % 32 === 0)).toBe(true)
})
