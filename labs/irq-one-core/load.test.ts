import { describe, expect, test } from 'vitest'
import type { PlannedDatagrams } from '../../grader/guest.ts'
import { datagramsIn } from '../datagrams/load.ts'
import { expectSound } from '../shop/sound-plans.fixture.ts'
import { backgroundEveryMs, backgroundPlan, checkPlan, probePlan } from './load.ts'
import { variantOf } from './variant.ts'

const seeds = Array.from({ length: 48 }, (_, seed) => seed)
const volleys = (plan: ReturnType<typeof checkPlan>) =>
  plan.requests.filter((one): one is PlannedDatagrams => one.kind === 'datagrams')

describe('every plan', () => {
  test.each(seeds.slice(0, 24))('of seed %i is sorted, bounded and the same each time', (seed) => {
    const variant = variantOf(seed)
    for (const make of [checkPlan, backgroundPlan, probePlan]) expectSound(() => make(variant, seed))
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

  test('brings bursts that one ring cannot hold and two can, however uneven the hash', () => {
    for (const seed of seeds) {
      const bursts = volleys(checkPlan(variantOf(seed), seed))
      expect(bursts.length).toBeGreaterThanOrEqual(4)
      for (const { count, sources, overMs } of bursts) {
        expect(overMs).toBeUndefined()
        expect(count).toBeGreaterThan(1.3 * 255)
        // Each sender's socket falls into one queue; four standard deviations from the half still fit into one ring.
        const deviation = Math.sqrt((4 * (count - sources) + (2 * sources - count)) / 4)
        expect(count / 2 + 4 * deviation).toBeLessThanOrEqual(256)
      }
    }
  })

  test('leaves the collector room for every datagram until it is asked', () => {
    for (const seed of seeds) expect(datagramsIn(checkPlan(variantOf(seed), seed))).toBeLessThan(16_384)
  })
})

test('the background brings a burst and asks the shop for two pages a second', () => {
  for (const seed of seeds) {
    const plan = backgroundPlan(variantOf(seed), seed)
    expect(datagramsIn(plan)).toBe(variantOf(seed).burst)
    expect((plan.requests.length - 1) / (backgroundEveryMs / 1000)).toBe(2)
    expect(plan.requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

test('the probe moves every interrupt before it measures', () => {
  const [few, burst] = volleys(probePlan(variantOf(1), 1))
  expect(few?.count).toBeLessThan(50)
  expect(burst).toMatchObject({ count: variantOf(1).burst })
})

describe('variants', () => {
  test('of neighbouring seeds differ in their cause, and each processor and each place occurs with each', () => {
    const ways = seeds.slice(0, 12).map((seed) => {
      const { cause, only, left } = variantOf(seed)
      return `${cause} ${only} ${left}`
    })
    expect(new Set(ways).size).toBe(12)
    expect(ways.slice(0, 3)).toEqual(['affinity 0 interfaces', 'table 0 interfaces', 'affinity 1 drop-in'])
    expect(new Set(seeds.map((seed) => variantOf(seed).pattern)).size).toBe(3)
  })
})

test('a slow server gets the same bursts, further apart', () => {
  const [quick, slow] = [1, 2].map((patience) => volleys(checkPlan(variantOf(3), 3, patience)))
  expect(slow?.map(({ count, src }) => [count, src])).toEqual(quick?.map(({ count, src }) => [count, src]))
  expect(slow?.map(({ atMs }) => atMs)).toEqual(quick?.map(({ atMs }) => 2 * atMs))
})
