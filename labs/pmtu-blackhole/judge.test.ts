/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'

import type { Lab } from '../schema.ts'
import { countersBeforeLoad, type Evidence } from '../shop/evidence.ts'
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
import { proofOf, wayOf } from './evidence.ts'
import pmtuBlackhole from './lab.ts'
import { groupOf } from './load.ts'
import { variantOf } from './variant.ts'

const lab = pmtuBlackhole as Lab
const judgements = verdictsOf(lab, import.meta.dirname, later)
const { names, seeds, recorded, broken, reference, verdict } = judgements
const [seed] = seeds as [number]

testJudgements(lab, judgements, {
  behaviour: 'served',
  unspoken: /sysctl|systemctl|nft |ip route|icmp|mtu/i,
})

describe('a broken machine', () => {
  test('is told from one that was never broken, and from one without its firewall', () => {
    expect(brokenBaseline(recorded(`${seed}-solve`), variantOf(seed))).toMatchObject({
      ok: false,
      reason: /far pictures came/,
    })
    const open = { ...broken(seed), knocks: [{ src: '198.18.16.9', port: 4711, met: 'an answer' as const }] }
    expect(brokenBaseline(open, variantOf(seed))).toMatchObject({ ok: false, reason: /firewall/ })
  })

  test('hears nothing of what the world refuses', () => {
    for (const seed of seeds) {
      expect(wayOf(broken(seed)).tooBig).toBeGreaterThan(50)
      expect(wayOf(broken(seed)).reports).toBe(0)
    }
  })
})

describe('a wrong fix', () => {
  test('that keeps its tools from telling is seen by the clients', () => {
    const name = names.find((one) => one.endsWith('forged-tools')) as string
    const judged = verdict(seedOf(name), recorded(name))
    expect(criterion(judged, 'cause')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('shows where to look only to who has named the stage', () => {
    const guess = { ...reference(seed), stage: 'socket-buffer' as const }
    const { criteria } = verdict(seed, broken(seed), guess)
    const mending = criteria.filter(({ kind }) => kind === 'repair' || kind === 'behaviour')
    expect(JSON.stringify(mending)).not.toMatch(/too long|icmp|mtu/i)
  })
})

describe('a diagnosis', () => {
  const { points } = judgements

  test.each(seeds)('of seed %i may give any value that was true since the break', (seed) => {
    const { start } = proofOf(broken(seed), variantOf(seed))
    expect(points(seed, {})).toEqual(all)
    expect(points(seed, { value: Math.max(1, start ?? 0) })).toEqual(all)
    expect(points(seed, { value: 10_000_000 })).toEqual({ ...all, value: 0 })
  })

  test('that counts what is repeated is half right', () => {
    expect(points(seed, { counter: 'TcpRetransSegs', value: 20 })).toEqual({ ...all, counter: 5 })
    expect(points(seed, { counter: 'TCPTimeouts', value: 20 })).toEqual({ ...all, counter: 5 })
    const first = countersBeforeLoad(broken(seed)).TcpExtTCPTimeouts ?? 0
    const at = (value: number) => points(seed, { counter: 'TCPTimeouts', value })
    expect(first).toBeGreaterThan(1)
    expect(at(first)).toEqual({ ...all, counter: 5 })
    expect(at(first - 1)).toEqual({ ...all, counter: 5, value: 0 })
  })

  test('of another stage, counter or limit earns nothing for it', () => {
    expect(points(seed, { stage: 'socket-buffer' })).toEqual({ ...all, stage: 0 })
    expect(points(seed, { counter: 'IcmpInDestUnreachs' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(seed, { limit: 1500 })).toEqual({ ...all, limit: 0 })
  })
})

test('reports that came between the repair and the check count as heard', () => {
  const mended = recorded(`${seed}-solve`)
  const [, snmp = ''] = /^@@ snmp\n([\s\S]*?)(?=^@@ )/m.exec(mended.counters) ?? []
  const early = { ...mended, state: mended.state.replace(/^@@ snmp\n[\s\S]*?(?=^@@ )/m, `@@ snmp\n${snmp}`) }
  expect(wayOf(early)).toMatchObject({ reports: 0 })
  expect(wayOf(early).tooBig).toBeGreaterThan(2 * 24)
  expect(criterion(verdict(seed, early), 'cause')?.status).toBe('pass')
})

describe('what the clients see', () => {
  const mended = recorded(`${seed}-solve`)
  const changed = (change: (i: number) => Partial<Evidence['load']['results'][number]>) => ({
    ...mended,
    load: { ...mended.load, results: mended.load.results.map((one, i) => ({ ...one, ...change(i) })) },
  })
  const isFarPicture = (i: number) => groupOf(mended.asked[i] as Evidence['asked'][number]) === 'far picture'

  test('is no picture when it came in part', () => {
    const one = verdict(
      seed,
      changed((i) => (isFarPicture(i) ? { bytes: 1024 } : {})),
    )
    expect(criterion(one, 'served')?.status).toBe('fail')
    expect(criterion(one, 'app')?.status).toBe('fail')
  })

  test('is no good when each picture waits for TCP’s clock', () => {
    const lucky = mended.asked.findIndex((_, i) => isFarPicture(i))
    for (const spared of [-1, lucky]) {
      const one = verdict(
        seed,
        changed((i) => (isFarPicture(i) && i !== spared ? { totalUs: 3_100_000 } : {})),
      )
      expect(criterion(one, 'served')).toMatchObject({
        status: 'fail',
        feedback: expect.stringMatching(/longer/),
      })
    }
  })

  test('is nobody’s fault on a busy host where nothing was lost', () => {
    const slow = late(mended)
    expect(verdict(seed, starved(slow)).status).toBe('error')
    expect(verdict(seed, quiet(slow)).status).toBe('fail')
  })

  test('is the server’s fault on a busy host where nobody was lost but far pictures', () => {
    expect(criterion(verdict(seed, starved(broken(seed))), 'served')?.status).toBe('fail')
  })
})
