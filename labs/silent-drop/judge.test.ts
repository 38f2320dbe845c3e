/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { addressOf } from '../reading/addresses.ts'
import type { Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { later } from '../shop/later.fixture.ts'
import {
  allPoints as all,
  criterion,
  late,
  quiet,
  seedOf,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { atBoot, obstaclesIn, proofOf } from './evidence.ts'
import silentDrop from './lab.ts'
import { groupOf } from './load.ts'
import { lostRange, variantOf } from './variant.ts'

const lab = silentDrop as Lab

const judgements = verdictsOf(lab, import.meta.dirname, later)
const { names: recordings, seeds, recorded, broken, reference, verdict } = judgements

testJudgements(lab, judgements, { behaviour: 'served', unspoken: /sysctl|systemctl|nft |ip route/i })

describe('a broken machine', () => {
  test('is told from one that was never broken, and from one without its firewall', () => {
    const [seed] = seeds as [number]
    const mended = recorded(`${seed}-solve`)
    expect(brokenBaseline(mended, variantOf(seed))).toMatchObject({ ok: false, reason: /nothing stands/ })
    const open = { ...broken(seed), knocks: [{ src: '198.18.16.9', port: 4711, met: 'an answer' as const }] }
    expect(brokenBaseline(open, variantOf(seed))).toMatchObject({ ok: false, reason: /firewall/ })
  })
})

describe('a wrong fix', () => {
  test('that keeps its tools from telling is seen by the clients', () => {
    const judged = verdict(1, recorded('1-forged-tools'))
    expect(obstaclesIn(recorded('1-forged-tools'), variantOf(1))).toEqual([])
    expect(criterion(judged, 'cause')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('that only switches the check of senders off earns nothing but the diagnosis', () => {
    for (const name of recordings.filter((one) => one.endsWith('no-sender-check')))
      expect(verdict(seedOf(name), recorded(name)).score).toBe(30)
  })

  test('that answers in the shop’s name is no shop', () => {
    const [seed] = seeds as [number]
    const mended = recorded(`${seed}-solve`)
    const results = mended.load.results.map((result) => ({ ...result, head: 'ok\n' }))
    const judged = verdict(seed, { ...mended, load: { ...mended.load, results } })
    expect(criterion(judged, 'app')?.status).toBe('fail')
    expect(criterion(judged, 'served')?.status).toBe('fail')
  })

  test('shows where to look only to who has named the stage', () => {
    for (const seed of seeds) {
      const guess = { ...reference(seed), stage: 'accept-queue' as const }
      const { criteria } = verdict(seed, broken(seed), guess)
      const mending = criteria.filter(({ kind }) => kind === 'repair' || kind === 'behaviour')
      expect(JSON.stringify(mending)).not.toMatch(/198\.19|office0|blocked|rp_filter/)
    }
  })
})

/** The same, had somebody left these lines among the rules that come first. */
function withRule(evidence: Evidence, rule: string): Evidence {
  const chain = `chain left {\n\ttype filter hook prerouting priority raw; policy accept;\n\t${rule}\n}`
  return { ...evidence, state: evidence.state.replace('@@ nft\n', `@@ nft\ntable ip left {\n${chain}\n}\n`) }
}

describe('a right fix', () => {
  const mended = recorded('3-solve')
  const { range } = variantOf(3)

  test.each(['counter packets 9 bytes 540', 'log prefix "lost: "', 'meta nftrace set 1'])(
    'beside which the diagnosis has left a rule that only looks is right: %s',
    (looking) => {
      const judged = verdict(3, withRule(mended, `ip saddr ${range} ${looking}`))
      expect(judged).toMatchObject({ status: 'pass', score: 100 })
    },
  )

  test('that goes around a rule which drops leaves that rule, and is shown it', () => {
    const judged = verdict(3, withRule(mended, `ip saddr ${range} counter packets 9 bytes 540 drop`))
    expect(criterion(judged, 'cause')).toMatchObject({ status: 'fail', points: 7.5 })
    expect(criterion(judged, 'cause')?.evidence[0]?.after).toBe(`ip saddr ${range} drop`)
  })
})

describe('a diagnosis', () => {
  test.each(seeds)('of seed %i may give any value that was true since the break', (seed) => {
    const { start } = proofOf(broken(seed), variantOf(seed))
    expect(judgements.points(seed, {})).toEqual(all)
    expect(judgements.points(seed, { value: Math.max(1, start ?? 0) })).toEqual(all)
    expect(judgements.points(seed, { value: 1_000_000 })).toEqual({ ...all, value: 0 })
    expect(judgements.points(seed, { value: 0 })).toEqual({ ...all, value: 0 })
  })

  test('of another stage, counter or limit earns nothing for it', () => {
    const [seed] = seeds as [number]
    expect(judgements.points(seed, { stage: 'conntrack' })).toEqual({ ...all, stage: 0 })
    expect(judgements.points(seed, { counter: 'TcpExtListenDrops' })).toEqual({
      ...all,
      counter: 0,
      value: 0,
    })
    expect(judgements.points(seed, { limit: 17 })).toEqual({ ...all, limit: 0 })
  })

  test('that names the counter of another cause earns nothing for it', () => {
    expect(judgements.points(1, { counter: 'TcpExtIPReversePathFilter' })).toEqual({
      ...all,
      counter: 0,
      value: 0,
    })
    expect(judgements.points(2, { counter: 'NftRulePackets' })).toEqual({ ...all, counter: 0, value: 0 })
  })
})

describe('what the next boot makes of it', () => {
  const variant = variantOf(1)
  const state = (boot: string): Evidence => ({ ...broken(1), state: `@@ boot\n${boot}\n@@ end\n` })
  const main =
    '/etc/nftables.conf: type filter hook input priority filter; policy drop;\n/etc/nftables.conf: include "/etc/nftables.d/*.nft"\n'
  const element = `add element inet filter blocked { ${variant.range} }`

  test('counts what is included, and no file that was put aside', () => {
    expect(atBoot(state(`${main}/etc/nftables.d/a.nft: ${element}`), variant).obstacles).toHaveLength(1)
    expect(atBoot(state(`${main}/etc/nftables.d/a.off: ${element}`), variant).obstacles).toEqual([])
    const alone = main.split('\n')[0]
    expect(atBoot(state(`${alone}\n/etc/nftables.d/a.nft: ${element}`), variant).obstacles).toEqual([])
  })

  test('counts a route elsewhere, and none that leads where it should', () => {
    const line = (rest: string) => `/etc/network/interfaces: up ip route add ${variant.range} ${rest}`
    expect(atBoot(state(line('dev office0')), variant).obstacles).toHaveLength(1)
    expect(atBoot(state(line('via 198.18.0.1')), variant).obstacles).toEqual([])
  })

  test.each(['blackhole', 'unreachable', 'prohibit', 'throw'])('counts a route of the kind %s', (kind) => {
    const line = `/etc/network/interfaces: up ip route add ${kind} ${variant.range}`
    expect(atBoot(state(line), variant).obstacles).toHaveLength(1)
    // Destination and mask as the kernel prints them, last byte first.
    const hex = (text: string) =>
      text
        .split('.')
        .reverse()
        .map((one) => Number(one).toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase()
    const routes = `Iface\n*\t${hex(addressOf(lostRange(variant).first))}\t00000000\t0200\t0\t0\t0\t00F8FFFF\t0\t0\t0\n`
    expect(obstaclesIn({ ...broken(1), state: `@@ routes\n${routes}@@ end\n` }, variant)).toEqual([
      'a route to nowhere',
    ])
  })

  test('counts a rule that drops or commands that say so, and none that only looks, is a remark or takes away', () => {
    const inFile = (line: string) => atBoot(state(`${main}/etc/nftables.d/a.nft: ${line}`), variant).obstacles
    const rule = `ip saddr ${variant.range}`
    expect(inFile(`${rule} counter drop`)).toHaveLength(1)
    expect(inFile(`${rule} counter`)).toEqual([])
    expect(inFile(`${rule} log prefix "drop? "`)).toEqual([])
    expect(inFile(`elements = { 198.18.29.0/24 } # until Friday also ${variant.range}`)).toEqual([])
    expect(inFile(`delete element inet filter blocked { ${variant.range} }`)).toEqual([])
    const inUnit = (line: string) =>
      atBoot(state(`/etc/systemd/system/a.service: ExecStart=${line}`), variant).obstacles
    expect(inUnit(`/usr/sbin/nft "${element}"`)).toHaveLength(1)
    expect(inUnit(`/usr/sbin/iptables -A INPUT -s ${variant.range} -j DROP`)).toHaveLength(1)
    expect(inUnit(`/usr/sbin/iptables -A INPUT -s ${variant.range} -j ACCEPT`)).toEqual([])
  })

  test('knows when there is no firewall any more', () => {
    expect(atBoot(state(main), variant).filters).toBe(true)
    expect(atBoot(state(''), variant).filters).toBe(false)
  })
})

test('a busy host gives an error, not a fail, when nothing was lost', () => {
  const [seed] = seeds as [number]
  const slow = late(recorded(`${seed}-solve`))
  expect(verdict(seed, starved(slow)).status).toBe('error')
  expect(verdict(seed, quiet(slow)).status).toBe('fail')
})

test('the clients of a recording are of three groups', () => {
  for (const seed of seeds)
    expect(new Set(broken(seed).asked.map(({ src }) => groupOf(variantOf(seed), src))).size).toBe(3)
})
