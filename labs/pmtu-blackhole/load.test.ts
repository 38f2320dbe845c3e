import { describe, expect, test } from 'vitest'
import type { Evidence } from '../shop/evidence.ts'
import { expectSound, nearOrFar } from '../shop/sound-plans.fixture.ts'
import { atBoot } from './boot.ts'
import { backgroundEveryMs, backgroundPlan, checkPlan, groupOf, lengthOf, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  for (const make of [checkPlan, backgroundPlan, (v: Variant, s: number) => probePlan(v, s, 300)]) {
    expectSound(() => make(variant, seed), nearOrFar)
  }
})

describe('the check', () => {
  test('ends within five seconds, before TCP suspects anything by itself', () => {
    for (const seed of seeds) {
      for (const { atMs, totalTimeoutMs } of checkPlan(variantOf(seed), seed).requests) {
        expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(4_500)
        expect(totalTimeoutMs).toBeLessThan(3_000)
      }
    }
  })

  test('asks for pages and pictures, near and far', () => {
    const groups = checkPlan(variantOf(0), 0).requests.map(groupOf)
    const count = (group: string) => groups.filter((one) => one === group).length
    expect([count('near page'), count('near picture'), count('far page'), count('far picture')]).toEqual([
      10, 10, 14, 24,
    ])
  })

  test('asks for pictures that are longer than a packet, and fit into what a socket takes at once', () => {
    for (const { path } of seeds.flatMap((seed) => checkPlan(variantOf(seed), seed).requests)) {
      const length = lengthOf(path)
      if (length === null) continue
      expect(length).toBeGreaterThan(5 * 1460)
      expect(length).toBeLessThan(24 * 1024)
    }
  })
})

test('the background asks for less than three a second', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeLessThan(3)
    expect(requests.filter((one) => groupOf(one) === 'far picture').length).toBe(7)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

test('variants of neighbouring seeds differ in their cause', () => {
  expect([0, 1, 2, 3].map((seed) => variantOf(seed).cause)).toEqual([
    'table',
    'related',
    'untracked',
    'table',
  ])
  expect(new Set(seeds.slice(0, 12).map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(8)
})

describe('what the next boot makes of it', () => {
  const variant: Variant = { ...variantOf(0), mtu: 1300 }
  const read = (...boot: string[]) =>
    atBoot({ state: `@@ boot\n${boot.join('\n')}\n@@ end\n` } as Evidence, variant)
  const main = '/etc/nftables.conf: '
  const standing = [
    `${main}type filter hook input priority filter; policy drop;`,
    `${main}icmp type echo-request accept`,
    `${main}include "/etc/nftables.d/*.nft"`,
  ]
  const related = `${main}ct state established,related accept`

  test('hears what belongs to a connection that is tracked', () => {
    expect(read(...standing, related)).toEqual({ filters: true, hears: true, avoids: false })
    expect(read(...standing).hears).toBe(false)
    expect(read(...standing, `${main}ct state established accept # no related`).hears).toBe(false)
    expect(read(...standing, related, '/etc/nftables.d/a.nft: tcp dport 80 notrack').hears).toBe(false)
    expect(read().filters).toBe(false)
  })

  test('hears nothing that a rule drops, unless the same file lets it in before', () => {
    const drop = '/etc/nftables.d/a.nft: icmp type != { echo-request, echo-reply } counter drop'
    const allow = '/etc/nftables.d/a.nft: icmp type destination-unreachable icmp code frag-needed accept'
    expect(read(...standing, related, drop).hears).toBe(false)
    expect(read(...standing, related, allow, drop).hears).toBe(true)
    expect(read(...standing, related, drop, allow).hears).toBe(false)
    expect(read(...standing, related, drop.replace('a.nft', 'a.off')).hears).toBe(true)
    expect(read(...standing, related, '/etc/nftables.d/a.nft: icmp type echo-request drop').hears).toBe(true)
    expect(read(...standing, allow.replace('/etc/nftables.d/a.nft', '/etc/nftables.conf')).hears).toBe(true)
  })

  test('avoids what is too long where a file says so', () => {
    const file = '/etc/network/interfaces: '
    expect(read(`${file}up ip route replace default via 198.18.0.1 mtu 1300`).avoids).toBe(true)
    expect(read(`${file}mtu 1492`).avoids).toBe(false)
    expect(read(...standing, '/etc/nftables.d/a.nft: tcp option maxseg size set 1260').avoids).toBe(true)
    expect(read(...standing, '/etc/nftables.d/a.nft: tcp option maxseg size set 1300').avoids).toBe(false)
    expect(read(`${file}up sysctl -qw net.ipv4.tcp_mtu_probing=2`).avoids).toBe(false)
  })
})
