import { describe, expect, test } from 'vitest'
import { backgroundEveryMs, backgroundPlan, checkPlan, probePlan } from './load.ts'
import { holds, isEnough, isEnoughForNow, limitInForce, pileOf, type Queue } from './queue.ts'
import { type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  for (const make of [checkPlan, backgroundPlan, (_: Variant, s: number) => probePlan(s, 40, 300)]) {
    const { requests } = make(variant, seed)
    const times = requests.map(({ atMs }) => atMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(0)
    // Never from where the forged ones come: 198.19.128.0/17.
    expect(requests.every(({ src }) => /^198\.(18\.(1[6-9]|2[4-7])|19\.\d{1,2})\.\d+$/.test(src))).toBe(true)
    expect(make(variant, seed)).toEqual(make(variant, seed))
  }
})

describe('the check', () => {
  test('ends within six seconds on a quiet host, and leaves a lost SYN time to be sent twice more', () => {
    for (const { atMs, totalTimeoutMs } of seeds.flatMap(
      (seed) => checkPlan(variantOf(seed), seed).requests,
    )) {
      expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(5_500)
      expect(totalTimeoutMs).toBeGreaterThan(2_500)
    }
  })

  test('comes from near and far, and from nobody whom the kernel knows from the background', () => {
    for (const seed of seeds) {
      const sources = checkPlan(variantOf(seed), seed).requests.map(({ src }) => src)
      const far = sources.filter((src) => src.startsWith('198.19.')).length
      expect(far).toBeGreaterThan(5)
      expect(sources.length - far).toBeGreaterThan(15)
      const known = new Set(backgroundPlan(variantOf(seed), seed).requests.map(({ src }) => src))
      expect(sources.filter((src) => known.has(src))).toEqual([])
    }
  })
})

test('whoever probes again comes from other addresses: those that got in before are known to the kernel', () => {
  for (const seed of seeds) {
    const sources = (moment: number) => probePlan(seed, moment, 300).requests.map(({ src }) => src)
    const first = new Set(sources(3))
    expect(sources(60).filter((src) => first.has(src)).length).toBeLessThan(2)
  }
})

test('the background asks for three pages a second', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBe(3)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

describe('variants', () => {
  test('of neighbouring seeds differ in what bounds the queue and in where it is written', () => {
    const six = [0, 1, 2, 3, 4, 5].map(variantOf)
    expect(new Set(six.map(({ bound, place }) => `${bound} ${place}`)).size).toBe(6)
    six.slice(1).forEach((one, i) => {
      expect(one.bound).not.toBe(six[i]?.bound)
      expect(one.place).not.toBe(six[i]?.place)
    })
    expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(50)
  })

  test('fill their queue within a third of a second', () => {
    for (const { limit, pps } of seeds.map(variantOf)) expect(limit / pps).toBeLessThan(0.32)
  })

  test('have an accept queue that holds all clients of a check', () => {
    for (const seed of seeds) {
      const { bound, limit } = variantOf(seed)
      const clients = checkPlan(variantOf(seed), seed).requests.length
      expect(clients).toBeLessThanOrEqual(bound === 'syn-backlog' ? 1024 : limit)
    }
  })
})

describe('half-open connections', () => {
  const queue = (one: Partial<Queue>): Queue => ({
    cookies: 0,
    synBacklog: 128,
    retries: 5,
    listener: 1024,
    ...one,
  })

  test('are bounded by the smallest of three numbers, of which the kernel’s own keeps a quarter back', () => {
    expect(holds(queue({ synBacklog: 16 }))).toBe(13)
    expect(limitInForce(queue({ synBacklog: 16 }))).toBe(16)
    expect(holds(queue({ listener: 20 }))).toBe(21)
    expect(limitInForce(queue({ listener: 20 }))).toBe(20)
    expect(limitInForce(queue({ listener: null }))).toBeNull()
  })

  test('are as many as ss has counted on machines whose queue was full', () => {
    expect(holds(queue({ synBacklog: 21 }))).toBe(17)
    expect(holds(queue({ synBacklog: 4096, listener: 1024 }))).toBe(1025)
  })

  test('are bounded by the listener where both bounds are met at once: it is asked first', () => {
    expect(limitInForce(queue({ synBacklog: 16, listener: 12 }))).toBe(12)
    expect(limitInForce(queue({ synBacklog: 16, listener: 13 }))).toBe(16)
  })

  test('pile up for a minute, or for some seconds where a listener is half full', () => {
    expect(pileOf(queue({ listener: 100_000 }), 150)).toBe(150 * 63)
    expect(pileOf(queue({ listener: 1024 }), 150)).toBeLessThan(150 * 20)
    expect(pileOf(queue({ retries: 1 }), 150)).toBe(450)
  })

  test('are enough with cookies, or with room for all of them', () => {
    expect(isEnough(queue({ cookies: 1 }), 150)).toBe(true)
    expect(isEnough(queue({}), 150)).toBe(false)
    expect(isEnough(queue({ synBacklog: 32_768 }), 150)).toBe(false)
    expect(isEnough(queue({ synBacklog: 32_768, listener: 32_768 }), 200)).toBe(true)
    expect(isEnoughForNow(queue({ synBacklog: 4096, listener: 2048 }), 200)).toBe(true)
    expect(isEnough(queue({ synBacklog: 4096, listener: 2048 }), 130)).toBe(false)
  })
})
