import { describe, expect, test } from 'vitest'
import { backgroundEveryMs, backgroundPlan, checkPlan, crowd, portsNeeded, probePlan } from './load.ts'
import { variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)
const pagesOf = ({ requests }: { requests: { path: string }[] }) =>
  requests.filter(({ path }) => path === '/').length

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
  test('asks for more pages than there are ports, so that some fail whatever happened before', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      expect(pagesOf(checkPlan(variant, seed)) - variant.ports).toBeGreaterThanOrEqual(crowd.morePages)
    }
  })

  test('never asks for more pages in a second than there are ports that may be used again after one', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const times = checkPlan(variant, seed).requests.flatMap(({ atMs, path }) =>
        path === '/' ? [atMs] : [],
      )
      for (const from of times)
        expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThan(variant.ports - 8)
    }
  })

  test('ends within eight seconds, however broken the machine is', () => {
    for (const seed of seeds)
      for (const { atMs, totalTimeoutMs } of checkPlan(variantOf(seed), seed).requests)
        expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(7_900)
  })
})

test('the background asks for several times more pages in a minute than there are ports, three requests a second', () => {
  for (const seed of seeds) {
    const variant = variantOf(seed)
    const plan = backgroundPlan(variant, seed)
    expect((pagesOf(plan) * 60_000) / backgroundEveryMs).toBeGreaterThan(4 * variant.ports)
    expect(portsNeeded(variant)).toBeGreaterThan(5 * variant.ports)
    expect(plan.requests.length / (backgroundEveryMs / 1000)).toBeLessThan(4)
    expect(plan.requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

test('neighbouring variants differ, and every cause occurs', () => {
  expect([0, 1, 2, 3].map((seed) => variantOf(seed).cause)).toEqual(['range', 'reserved', 'both', 'range'])
  expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
})
