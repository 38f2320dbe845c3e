/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Answers, Lab } from '../schema.ts'
import {
  allPoints as all,
  criterion,
  quiet,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { crowdsOf, descriptorsOf } from './evidence.ts'
import fdLimit from './lab.ts'
import { variantOf } from './variant.ts'

const lab = fdLimit as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { recorded, broken, verdict } = judgements
const points = (changes: Partial<Answers>) => judgements.points(1, changes)

testJudgements(lab, judgements, {
  behaviour: 'served',
  unspoken: /systemctl|restart|LimitNOFILE|setrlimit|prlimit/i,
})

describe('a broken machine', () => {
  test('is told from one that was never broken', () => {
    const mended = recorded('1-solve')
    expect(brokenBaseline(mended, variantOf(1))).toMatchObject({ ok: false, reason: /limit is/ })
  })

  test('says where to look only to who has named the stage', () => {
    expect(criterion(verdict(1, broken(1), null), 'limits')?.evidence).toEqual([])
    expect(criterion(verdict(1, broken(1)), 'limits')?.evidence).not.toEqual([])
  })
})

describe('a wrong fix', () => {
  test('that forges the limit is seen by the clients, and by what Puma never had open', () => {
    expect(descriptorsOf(recorded('1-forged-proc')).limit).toBe(65_536)
    const judged = verdict(1, recorded('1-forged-proc'))
    expect(criterion(judged, 'limits')?.status).toBe('fail')
    expect(criterion(judged, 'served')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('that throws the silent out has thrown customers out', () => {
    const { idle } = crowdsOf(recorded('1-cut-idle'))
    expect(idle.served).toBeLessThan(idle.all)
  })
})

describe('a diagnosis', () => {
  test('may count what is open, or the calls that fail', () => {
    const { limit } = variantOf(1)
    expect(points({})).toEqual(all)
    expect(points({ value: limit - 2 })).toEqual(all)
    expect(points({ value: 10_000 })).toEqual({ ...all, value: 0 })
    expect(points({ counter: 'AcceptEmfile', value: 31_415 })).toEqual(all)
    expect(points({ counter: 'AcceptEmfile', value: 0 })).toEqual({ ...all, value: 0 })
    expect(points({ counter: 'AcceptEmfile', value: 10_000_000 })).toEqual({ ...all, value: 0 })
  })

  test('gives no more calls that failed than the machine has had time for', () => {
    const minutes = (count: number) => ({
      ...recorded('1-solve'),
      state: `@@ uptime\n${60 * count}.25 700.10\n${recorded('1-solve').state}`,
    })
    const named = { ...judgements.reference(1), counter: 'AcceptEmfile', value: 500_000 }
    expect(criterion(verdict(1, minutes(3), named), 'value')?.status).toBe('fail')
    expect(criterion(verdict(1, minutes(5), named), 'value')?.status).toBe('pass')
  })

  test('that names the queue that is not emptied is half right', () => {
    expect(points({ counter: 'ListenRecvQ', value: 20 })).toEqual({ ...all, counter: 5 })
  })

  test('that names a full queue is wrong', () => {
    expect(points({ stage: 'accept-queue' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'TcpExtListenOverflows' })).toEqual({ ...all, counter: 0, value: 0 })
  })

  test('with the limit of after the repair is half right, with the queue’s wrong', () => {
    expect(points({ limit: descriptorsOf(recorded('1-solve')).limit ?? 0 })).toEqual({ ...all, limit: 2.5 })
    expect(points({ limit: 1024 })).toEqual({ ...all, limit: 0 })
  })
})

test('a busy host gives an error, not a fail, unless Puma may still not have what the crowd needs', () => {
  expect(criterion(verdict(1, starved(broken(1))), 'served')?.status).toBe('fail')
  const mended = recorded('1-solve')
  const results = mended.load.results.map((result, i) =>
    i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
  )
  const late = { ...mended, load: { ...mended.load, results } }
  expect(verdict(1, starved(late)).status).toBe('error')
  expect(criterion(verdict(1, quiet(late)), 'served')?.status).toBe('fail')
})

test('a machine that says nonsense of itself is judged by its clients', () => {
  const after = { ...broken(1), state: '@@ limits\nmany\n@@ boot\nno\n', counters: '@@ samples\n-1 x\n' }
  const judged = verdict(1, after)
  expect(judged.status).toBe('fail')
  expect(criterion(judged, 'limits')?.status).toBe('fail')
  expect(criterion(judged, 'app')?.status).toBe('fail')
})
