import { describe, expect, test } from 'vitest'
import { addressOf, numberOf, overlap, rangesIn, routesOf } from '../reading/addresses.ts'
import { expectSound, nearOrFar } from '../shop/sound-plans.fixture.ts'
import { backgroundEveryMs, backgroundPlan, checkPlan, groupOf, probePlan } from './load.ts'
import { farRange, lostRange, type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  for (const make of [checkPlan, backgroundPlan, (v: Variant, s: number) => probePlan(v, s, 300)]) {
    expectSound(() => make(variant, seed), nearOrFar)
  }
})

describe('the check', () => {
  test('ends within five seconds and asks from near, from far and from the lost range', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const { requests } = checkPlan(variant, seed)
      const groups = requests.map(({ src }) => groupOf(variant, src))
      const count = (group: string) => groups.filter((one) => one === group).length
      expect([count('near'), count('far'), count('lost')]).toEqual([25, 24, 40])
      for (const { atMs, totalTimeoutMs } of requests)
        expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(4_600)
    }
  })

  test('asks from both halves of the lost range', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const { first, last } = lostRange(variant)
      const lost = checkPlan(variant, seed).requests.flatMap(({ src }) =>
        groupOf(variant, src) === 'lost' ? [numberOf(src) as number] : [],
      )
      const upper = lost.filter((src) => src > (first + last) / 2).length
      expect(Math.min(upper, lost.length - upper)).toBeGreaterThan(5)
    }
  })
})

test('the background asks for less than four pages a second, a third of them for nothing', () => {
  for (const seed of seeds) {
    const variant = variantOf(seed)
    const { requests } = backgroundPlan(variant, seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeLessThan(4)
    expect(requests.filter(({ src }) => groupOf(variant, src) === 'lost').length).toBe(14)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

describe('variants', () => {
  test('of neighbouring seeds differ in their cause', () => {
    expect([0, 1, 2, 3].map((seed) => variantOf(seed).cause)).toEqual(['table', 'element', 'route', 'table'])
    expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(40)
  })

  test('lose a whole prefix among the far clients, and never all of them', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const range = lostRange(variant)
      expect(range.last - range.first + 1).toBe(2 ** (32 - variant.length))
      expect(variant.range).toBe(`${addressOf(range.first)}/${variant.length}`)
      expect(range.first >= farRange.first && range.last <= farRange.last).toBe(true)
      expect(variant.length).toBeGreaterThan(17)
    }
  })
})

describe('ranges', () => {
  test('are read out of rules, however they are written', () => {
    const [range] = rangesIn('ip saddr 198.19.64.0/18 counter packets 3 bytes 180 drop')
    expect(range).toEqual({ first: numberOf('198.19.64.0'), last: numberOf('198.19.127.255') })
    expect(rangesIn('elements = { 198.18.29.0/24, 198.19.0.0-198.19.63.255, 10.0.0.1 }')).toHaveLength(3)
    expect(rangesIn('198.19.0.0-198.19.63.255')).toEqual(rangesIn('198.19.0.0/18'))
    expect(rangesIn('999.1.1.1')).toEqual([])
    expect(overlap(...(rangesIn('198.19.0.0/17 198.19.3.4') as [never, never]))).toBe(true)
    expect(overlap(...(rangesIn('198.19.0.0/18 198.19.64.0/18') as [never, never]))).toBe(false)
  })

  test('are read out of the kernel’s table of routes', () => {
    const text =
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n' +
      'eth0\t00000000\t010012C6\t0003\t0\t0\t0\t00000000\t0\t0\t0\n' +
      'office0\t004013C6\t00000000\t0001\t0\t0\t0\t00C0FFFF\t0\t0\t0\n'
    expect(routesOf(text)).toEqual([
      { device: 'eth0', length: 0, first: 0, last: 2 ** 32 - 1 },
      { device: 'office0', length: 18, ...(rangesIn('198.19.64.0/18')[0] as object) },
    ])
  })
})
