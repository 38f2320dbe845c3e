/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Answers, Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import {
  allPoints as all,
  criterion,
  quiet,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { doorsOf } from './evidence.ts'
import reuseport from './lab.ts'
import { variantOf } from './variant.ts'

const lab = reuseport as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { recorded, broken, reference, verdict } = judgements
const points = (changes: Partial<Answers>) => judgements.points(2, changes)

testJudgements(lab, judgements, { behaviour: 'served', unspoken: /systemctl|restart|kill|puma-b/i })
const seeds = [1, 2]

describe('a broken machine', () => {
  test('is told from one that was never broken', () => {
    expect(brokenBaseline(recorded('2-solve'), variantOf(2))).toMatchObject({
      ok: false,
      reason: /1 sockets listen/,
    })
    expect(brokenBaseline(recorded('2-solve-awake'), variantOf(2))).toMatchObject({
      ok: false,
      reason: /only 0 of/,
    })
  })

  test('tells a suspended owner from one that merely sleeps', () => {
    expect(
      doorsOf(broken(2))
        .doors.map(({ suspended }) => suspended)
        .sort(),
    ).toEqual([false, true])
    expect(doorsOf(broken(1)).doors.map(({ suspended }) => suspended)).toEqual([false, false])
  })
})

describe('a wrong fix', () => {
  test('that leads everybody around the dead socket makes the clients happy, and costs points all the same', () => {
    const judged = verdict(2, recorded('2-redirect'))
    expect(criterion(judged, 'served')?.status).toBe('pass')
    expect(criterion(judged, 'doors')?.status).toBe('fail')
  })

  test('shows where to look only to who has named the stage', () => {
    const elsewhere: Answers = { ...reference(2), stage: 'puma' }
    const judged = verdict(2, recorded('2-more-of-everything'), elsewhere)
    expect(criterion(judged, 'doors')).toMatchObject({
      evidence: [],
      feedback: expect.not.stringMatching(/listen/i),
    })
    expect(criterion(verdict(2, recorded('2-more-of-everything')), 'doors')?.evidence).not.toEqual([])
  })
})

describe('a diagnosis', () => {
  const { limit } = variantOf(2)

  test('may give any number that waited in the queue at some moment, up to the full one', () => {
    expect(points({})).toEqual(all)
    expect(points({ value: limit + 1 })).toEqual(all)
    expect(points({ value: limit + 2 })).toEqual({ ...all, value: 0 })
    expect(points({ value: 0 })).toEqual({ ...all, value: 0 })
  })

  test('that names what a full queue counts is half right', () => {
    expect(points({ counter: 'TcpExtListenOverflows', value: 999_999 })).toEqual({
      ...all,
      counter: 5,
      value: 0,
    })
  })

  test('that looks at Puma is wrong', () => {
    expect(points({ stage: 'puma' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'BusyThreads' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ limit: limit + 1 })).toEqual({ ...all, limit: 0 })
  })
})

describe('a busy host', () => {
  const mended = recorded('2-solve')
  const late = (totalUs: number): Evidence => {
    const results = mended.load.results.map((result, i) =>
      i % 3 === 1
        ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' }
        : { ...result, totalUs },
    )
    return { ...mended, load: { ...mended.load, results } }
  }

  test('gives an error, not a fail, where everything was late and nothing is left in a queue', () => {
    expect(verdict(2, starved(late(2_500_000))).status).toBe('error')
    expect(criterion(verdict(2, quiet(late(2_500_000))), 'served')?.status).toBe('fail')
  })

  test('is no excuse where the others were answered at once, or where nobody accepts', () => {
    expect(criterion(verdict(2, starved(late(40_000))), 'served')?.status).toBe('fail')
    for (const seed of seeds)
      expect(criterion(verdict(seed, starved(broken(seed))), 'served')?.status).toBe('fail')
  })
})

test('a machine that says nonsense of itself is judged by its clients', () => {
  const after = { ...broken(2), state: '@@ listeners\nno such thing\n@@ queues\n-1\n', counters: '' }
  const judged = verdict(2, after)
  expect(judged.status).toBe('fail')
  for (const id of ['doors', 'served', 'app']) expect(criterion(judged, id)?.status).toBe('fail')
})
