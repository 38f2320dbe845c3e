/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { hostOf } from '../datagrams/evidence.ts'
import { volleysOf } from '../datagrams/volleys.ts'
import { sectionsOf } from '../reading/sections.ts'
import type { Answers, Lab } from '../schema.ts'
import {
  allPoints as all,
  changed,
  criterion,
  quiet,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { cpuList, cpuMask } from './cpus.ts'
import { carriedIn, interruptsOf, netRxOf, pathsOf, queuePacketsOf } from './evidence.ts'
import irqOneCore from './lab.ts'
import { variantOf } from './variant.ts'

const lab = irqOneCore as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { recorded, seeds, broken, reference, verdict } = judgements
const points = (seed: number, changes: Partial<Answers>) => judgements.points(seed, changes)

testJudgements(lab, judgements, {
  behaviour: 'spread',
  unspoken: /ethtool|smp_affinity|rps_|systemctl|sysctl/i,
})

describe('a broken machine', () => {
  test.each(seeds)('of seed %i carries everything on one processor', (seed) => {
    const { each, all: packets } = carriedIn(broken(seed)) ?? { each: [], all: 0 }
    expect(packets).toBeGreaterThanOrEqual(volleysOf(broken(seed)).delivered)
    expect(Math.min(...each)).toBeLessThan(packets / 50)
  })

  test.each(seeds)('of seed %i tells its cause by its own counters', (seed) => {
    const { cause, only } = variantOf(seed)
    const [first, now] = [broken(seed).state, broken(seed).counters].map((text) => sectionsOf(text))
    const packets = (text = '') => queuePacketsOf(text)
    const grown = packets(now?.nic).map((value, i) => value - (packets(first?.nic)[i] ?? 0))
    const other = grown[1 - only] ?? 0
    const interrupts = (text = '') =>
      interruptsOf(text).flatMap(({ name, counts }) => (name.includes('-rx-') ? [counts] : []))
    const before = interrupts(first?.interrupts)
    const called = interrupts(now?.interrupts).map((counts, i) =>
      counts.map((count, cpu) => count - (before[i]?.[cpu] ?? 0)),
    )
    if (cause === 'affinity') {
      expect(other).toBeGreaterThan(500)
      expect(called.map((counts) => counts[1 - only])).toEqual([0, 0])
    } else {
      // The clock of the card rings now and then, packets or not.
      expect(other).toBeLessThan(20)
      expect(volleysOf(broken(seed)).lost).toBeGreaterThan(300)
    }
  })

  test('is told from one that was never broken', () => {
    expect(brokenBaseline(recorded('1-solve'), variantOf(1))).toMatchObject({
      ok: false,
      reason: /2 processors/,
    })
    expect(brokenBaseline(recorded('0-solve'), variantOf(1))).toMatchObject({ ok: false })
    expect(brokenBaseline(broken(0), variantOf(1))).toMatchObject({ ok: false, reason: /queues 0, 1/ })
    expect(brokenBaseline(broken(1), variantOf(0))).toMatchObject({ ok: false, reason: /from 1 queues/ })
  })
})

describe('a wrong fix', () => {
  test('that forges what the server says is seen by what its processors counted', () => {
    const after = recorded('0-forged-figures')
    expect(pathsOf(after).processors).toEqual([0, 1])
    expect(criterion(verdict(0, after), 'cause')?.status).toBe('pass')
    expect(criterion(verdict(0, after), 'spread')?.status).toBe('fail')
  })

  test('with a longer ring lets everything arrive, and that alone earns nothing', () => {
    const after = recorded('1-long-ring')
    expect(volleysOf(after).lost).toBe(0)
    expect(criterion(verdict(1, after), 'delivered')).toMatchObject({ status: 'not_gradable', points: 0 })
  })

  test('shows where to look only to who has named the stage', () => {
    const elsewhere: Answers = { ...reference(0), stage: 'softirq' }
    const after = recorded('0-both-allowed')
    expect(criterion(verdict(0, after, elsewhere), 'cause')).toMatchObject({ evidence: [] })
    expect(criterion(verdict(0, after), 'cause')?.evidence).not.toEqual([])
  })
})

describe('a diagnosis', () => {
  const readings = (seed: number) => {
    const [first, now] = [broken(seed).state, broken(seed).counters].map((text) => sectionsOf(text))
    return { first: first ?? {}, now: now ?? {} }
  }

  test('of the affinity may give one line of the busiest processor, or all of them together', () => {
    const { only } = variantOf(0)
    const lines = interruptsOf(readings(0).now.interrupts ?? '')
    const receive = lines.filter(({ name }) => name.includes('-rx-')).map(({ counts }) => counts[only] ?? 0)
    const sum = lines.reduce((total, { counts }) => total + (counts[only] ?? 0), 0)
    for (const value of [...receive, sum]) expect(points(0, { value })).toEqual(all)
    expect(points(0, { value: 1 })).toEqual({ ...all, value: 0 })
    expect(points(0, { value: sum + 10_000_000 })).toEqual({ ...all, value: 0 })
  })

  test('of the table may give any value of the fuller queue that was true since the break', () => {
    const { only } = variantOf(1)
    const { first, now } = readings(1)
    const [was = 0, is = 0] = [first.nic, now.nic].map((text) => queuePacketsOf(text ?? '')[only])
    expect(points(1, { value: was })).toEqual(all)
    expect(points(1, { value: is })).toEqual(all)
    expect(points(1, { value: was - 1 })).toEqual({ ...all, value: 0 })
  })

  test('by a counter that shows the symptom alone earns half, with its own value', () => {
    const value =
      netRxOf(readings(1).now.softirqs ?? '')[carriedIn(broken(1))?.each.indexOf(0) === 0 ? 1 : 0] ?? 0
    expect(points(1, { counter: 'SoftirqNetRx', value })).toEqual({ ...all, counter: 5 })
    expect(points(1, { counter: 'Interrupts' })).toMatchObject({ counter: 5 })
  })

  test('copied from a neighbour with the other cause earns little', () => {
    expect(points(0, { counter: 'RxQueuePackets' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(0, { counter: 'RxFifoErrors' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(0, { stage: 'softirq' })).toEqual({ ...all, stage: 0 })
    expect(points(0, { limit: 2 })).toEqual({ ...all, limit: 2.5 })
    expect(points(0, { limit: 128 })).toEqual({ ...all, limit: 0 })
  })
})

describe('the spread', () => {
  const after = recorded('0-solve')
  const softnet = (first: string, second: string) => ({
    ...after,
    counters: after.counters.replace(/@@ softnet\n(?:[0-9a-f ]+\n)+/, `@@ softnet\n${first}\n${second}\n`),
  })

  test('is believed only of processors that account for what arrived', () => {
    const [a, b] = sectionsOf(after.state).softnet?.split('\n') ?? []
    const judged = criterion(verdict(0, softnet(a as string, b as string)), 'spread')
    expect(judged).toMatchObject({ status: 'fail', feedback: expect.stringContaining('account for 0') })
  })

  /** As if of each burst the first processor had carried this share. */
  const bursts = (shares: number[]) => {
    let carried = [1_000, 1_000]
    const samples = [
      carried,
      ...shares.map((share) => (carried = carried.map((sum, i) => sum + 400 * Math.abs(i - share)))),
    ]
    const text = samples.map((sample) => sample.map(Math.round).join(' ')).join('\n')
    return { ...after, counters: after.counters.replace(/@@ samples\n[\d\s]*/, `@@ samples\n${text}\n`) }
  }
  const judged = (shares: number[]) => criterion(verdict(0, bursts(shares)), 'spread')

  test('by turns is none, however even the sum', () => {
    expect(judged([1, 0, 1, 0, 1])).toMatchObject({
      status: 'fail',
      feedback: expect.stringContaining('took turns'),
    })
    expect(judged([1, 0, 1, 0.5, 0.5])?.status).toBe('fail')
    expect(judged([0.5, 0.4, 0.95, 0.6, 0.5])?.status).toBe('pass')
  })

  test('goes by the sum where a busy host has looked too seldom', () => {
    expect(judged([1, 0])?.status).toBe('pass')
    expect(judged([])?.status).toBe('pass')
  })

  test('of three to one is not enough', () => {
    const { each = [] } = carriedIn(after) ?? {}
    const total = each.reduce((sum, one) => sum + one, 0)
    const start = (sectionsOf(after.state).softnet?.split('\n') ?? []).map((line) =>
      Number.parseInt(line.slice(0, 8), 16),
    )
    const line = (value: number) => `${Math.round(value).toString(16).padStart(8, '0')} 00000000`
    const split = (share: number) =>
      softnet(line((start[0] ?? 0) + total * share), line((start[1] ?? 0) + total * (1 - share)))
    expect(criterion(verdict(0, split(0.7)), 'spread')?.status).toBe('pass')
    expect(criterion(verdict(0, split(0.8)), 'spread')?.status).toBe('fail')
  })
})

describe('the next boot', () => {
  test('counts for nothing while one processor works', () => {
    expect(criterion(verdict(0, recorded('0-file-only')), 'durable')?.status).toBe('not_gradable')
  })

  test('must hold a whole burst where one ring takes all', () => {
    const steered = recorded('1-solve-steered')
    expect(hostOf(steered).boot.some(({ text }) => text.includes('rps_cpus'))).toBe(true)
    const short = { ...steered, state: steered.state.replace(/^.*ethtool -G eth0 rx \d+\n/m, '') }
    expect(criterion(verdict(1, short), 'durable')).toMatchObject({ status: 'fail', points: 0 })
  })
})

describe('a busy host', () => {
  const late = changed(recorded('1-solve'), () => ({ outcome: 'read-timeout', delivered: -1 }))

  test('gives an error, not a fail, when the collector gave no account in time', () => {
    expect(verdict(1, starved(late)).status).toBe('error')
    expect(criterion(verdict(1, quiet(late)), 'delivered')?.status).toBe('fail')
  })

  test('may lose some when bursts meet, which is an error, and no excuse where one ring takes all', () => {
    const some = changed(recorded('1-solve'), (all) => ({ delivered: Math.round(all * 0.95) }))
    expect(verdict(1, starved(some)).status).toBe('error')
    expect(criterion(verdict(1, quiet(some)), 'delivered')?.status).toBe('fail')
    const ring = starved(recorded('1-one-ring'))
    expect(criterion(verdict(1, ring), 'delivered')?.status).toBe('fail')
  })

  test('is no excuse for one processor that carries all', () => {
    expect(criterion(verdict(1, starved(broken(1))), 'spread')?.status).toBe('fail')
  })
})

test('a machine that says nonsense of itself is believed nothing', () => {
  const judged = verdict(1, { ...broken(1), state: '@@ irqs\neth0-rx-0 x y\n@@ softnet\nzz\n', counters: '' })
  expect(judged.status).toBe('fail')
  for (const id of ['cause', 'spread', 'app', 'collector']) expect(criterion(judged, id)?.status).toBe('fail')
})

test('lists and masks of processors are read as the kernel writes them', () => {
  expect(cpuList('0-1,3')).toEqual([0, 1, 3])
  expect(cpuList('two')).toEqual([])
  expect(cpuMask('3')).toEqual([0, 1])
  expect(cpuMask('00000000,00000002')).toEqual([1])
  expect(cpuMask('0')).toEqual([])
})
