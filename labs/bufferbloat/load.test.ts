import { describe, expect, test } from 'vitest'
import { expectSound } from '../shop/sound-plans.fixture.ts'
import {
  backgroundEveryMs,
  backgroundPlan,
  checkPlan,
  downloads,
  groupsOf,
  lengthOf,
  probePlan,
  quietPlan,
} from './load.ts'
import { queueOf } from './queue.ts'
import { countsPackets, type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  for (const make of [
    checkPlan,
    quietPlan,
    backgroundPlan,
    (v: Variant, s: number) => probePlan(v, s, 200),
  ]) {
    expectSound(() => make(variant, seed))
  }
})

describe('the check', () => {
  const check = (seed: number) => checkPlan(variantOf(seed), seed).requests

  test('ends within nine seconds, and its downloads within six', () => {
    for (const one of seeds.flatMap(check)) {
      const endMs = one.atMs + one.totalTimeoutMs
      expect(endMs).toBeLessThanOrEqual(lengthOf(one.path) === null ? 8_100 : 5_600)
    }
  })

  test('visits the shop before the downloads and beside them', () => {
    for (const seed of seeds) {
      const groups = groupsOf(check(seed))
      const count = (group: string) => groups.filter((one) => one === group).length
      expect(check(seed)[0]).toMatchObject({ atMs: 0, path: '/' })
      expect([count('idle'), count('loaded')]).toEqual([13, 16])
      expect(count('download')).toBe(downloads(variantOf(seed)))
    }
  })

  test('asks for more than the line carries meanwhile, and for less than a small machine can hold', () => {
    for (const seed of seeds) {
      const kilobytes = check(seed).reduce((sum, { path }) => sum + (lengthOf(path) ?? 0) / 1024, 0)
      expect(kilobytes * 8).toBeGreaterThan(1.5 * 4.4 * variantOf(seed).rateKbit)
      expect(kilobytes).toBeLessThan(12_000)
    }
  })

  test('has threads of Puma to spare', () => {
    for (const seed of seeds) expect(downloads(variantOf(seed))).toBeLessThanOrEqual(30)
  })
})

test('the background leaves the line free again before it begins anew', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    const kilobits = requests.reduce((sum, { path }) => sum + (lengthOf(path) ?? 0) / 125, 0)
    expect(kilobits / variantOf(seed).rateKbit).toBeGreaterThan(1.5)
    expect(kilobits / variantOf(seed).rateKbit).toBeLessThan(2.2)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

describe('variants', () => {
  test('of neighbouring seeds differ in cause and in place', () => {
    const twelve = seeds.slice(0, 12).map(variantOf)
    expect(new Set(twelve.map(({ cause, place }) => `${cause} ${place}`)).size).toBe(12)
    twelve.slice(1).forEach((one, i) => {
      expect(one.cause).not.toBe(twelve[i]?.cause)
      expect(one.place).not.toBe(twelve[i]?.place)
    })
  })

  test('have a limit that is far beyond what ever waits, and that tc prints as it is', () => {
    for (const { cause, limit } of seeds.map(variantOf)) {
      if (countsPackets(cause)) expect(limit).toBeGreaterThanOrEqual(3_000)
      else {
        expect(limit).toBeGreaterThanOrEqual(3_000_000)
        // print_size of iproute2 rounds to kilobytes what is within 16 bytes of one.
        expect(Math.abs(limit - 1024 * Math.round(limit / 1024))).toBeGreaterThanOrEqual(16)
      }
    }
  })
})

describe('the queue as tc tells it', () => {
  const tbf =
    '{"kind":"tbf","handle":"1:","root":true,"options":{"rate":500000},"backlog":9000,"qlen":7,"drops":2}'

  test('waits in what stands below the shaper', () => {
    const pfifo = '{"kind":"pfifo","handle":"10:","parent":"1:1","options":{"limit":5000},"qlen":7}'
    expect(queueOf(`[${tbf},${pfifo}]\n[{"class":"tbf"}]\n`)).toEqual({
      shaper: 'tbf',
      rateKbit: 4000,
      leaves: [{ kind: 'pfifo', limit: 5000 }],
      kinds: ['tbf', 'pfifo'],
      packets: 7,
      bytes: 9000,
      dropped: 2,
    })
  })

  test('has HTB’s rate from its classes, and cake’s from itself', () => {
    const htb = '{"kind":"htb","handle":"1:","root":true,"options":{}}'
    const leaf = '{"kind":"fq_codel","handle":"8001:","parent":"1:10","options":{"limit":10240}}'
    expect(queueOf(`[${htb},${leaf}]\n[{"class":"htb","rate":375000,"ceil":500000}]`)).toMatchObject({
      shaper: 'htb',
      rateKbit: 4000,
      leaves: [{ kind: 'fq_codel' }],
    })
    const cake = (bandwidth: string) =>
      queueOf(`[{"kind":"cake","handle":"1:","root":true,"options":{"bandwidth":${bandwidth}}}]\n[]`)
    expect(cake('500000')).toMatchObject({ shaper: 'cake', rateKbit: 4000, leaves: [{ kind: 'cake' }] })
    expect(cake('"unlimited"')).toMatchObject({ shaper: null, rateKbit: null })
  })

  test('is shaped by nothing where the kernel’s own queues stand', () => {
    const mq = '{"kind":"mq","handle":"0:","root":true}'
    const below = (queue: number) => `{"kind":"fq_codel","handle":"0:","parent":":${queue}"}`
    expect(queueOf(`[${mq},${below(1)},${below(2)}]\n[]`)).toMatchObject({
      shaper: null,
      rateKbit: null,
      leaves: [{ kind: 'fq_codel' }, { kind: 'fq_codel' }],
    })
  })

  test('is unknown where the server says something else', () => {
    for (const text of ['', 'Cannot find device "eth0"', '[]\n[]', '{"kind":"tbf"}', '[{"root":true}]'])
      expect(queueOf(text)).toBeNull()
  })
})
