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
  late,
  quiet,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { poolOf, pricesOf } from './evidence.ts'
import slowAccept from './lab.ts'
import { threadsEnough } from './load.ts'
import { variantOf } from './variant.ts'

const lab = slowAccept as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { recorded, broken, verdict } = judgements
const points = (changes: Partial<Answers>) => judgements.points(1, changes)

testJudgements(lab, judgements, {
  behaviour: 'served',
  unspoken: /systemctl|restart|PUMA_THREADS|puma\.rb/i,
})

describe('a broken machine', () => {
  test('is told from one that was never broken', () => {
    const mended = recorded('1-solve')
    expect(brokenBaseline(mended, variantOf(1))).toMatchObject({ ok: false, reason: /threads/ })
  })

  test('says where to look only to who has named the stage', () => {
    expect(criterion(verdict(1, broken(1), null), 'pool')?.evidence).toEqual([])
    expect(criterion(verdict(1, broken(1)), 'pool')?.evidence).not.toEqual([])
  })
})

describe('a wrong fix', () => {
  test('that forges its threads is seen by the clients and by the price service', () => {
    const forged = recorded('1-forged-tools')
    expect(poolOf(forged).running).toBeGreaterThan(20)
    const judged = verdict(1, forged)
    expect(criterion(judged, 'pool')?.status).toBe('fail')
    expect(criterion(judged, 'served')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('that answers for the price service makes the clients happy, and costs points all the same', () => {
    const judged = verdict(1, recorded('1-own-prices'))
    expect(criterion(judged, 'served')?.status).toBe('pass')
    expect(criterion(judged, 'prices')?.status).toBe('fail')
    expect(criterion(judged, 'pool')?.status).toBe('fail')
  })
})

describe('a diagnosis', () => {
  test('may count the threads or the calls that keep them', () => {
    expect(points({})).toEqual(all)
    expect(points({ counter: 'UpstreamConnections', value: 3 })).toEqual(all)
    expect(points({ counter: 'UpstreamConnections', value: 4 })).toEqual({ ...all, value: 0 })
  })

  test('that names the queue in front of the threads is half right', () => {
    expect(points({ counter: 'ListenRecvQ', value: 6 })).toEqual({ ...all, counter: 5 })
  })

  test('that names a full queue is wrong', () => {
    expect(points({ stage: 'accept-queue' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'TcpExtListenOverflows' })).toEqual({ ...all, counter: 0, value: 0 })
  })

  test('with the threads of after the repair is half right, with the queue’s length wrong', () => {
    expect(points({ limit: poolOf(recorded('1-solve')).running })).toEqual({ ...all, limit: 2.5 })
    expect(points({ limit: 1024 })).toEqual({ ...all, limit: 0 })
  })
})

test('a busy host gives an error, not a fail, unless the price service has seen that threads are few', () => {
  expect(criterion(verdict(1, starved(broken(1))), 'served')?.status).toBe('fail')
  const slow = late(recorded('1-solve'))
  expect(verdict(1, starved(slow)).status).toBe('error')
  expect(criterion(verdict(1, quiet(slow)), 'served')?.status).toBe('fail')
})

describe('a straggler or two', () => {
  const straggling = (evidence: Evidence): Evidence => {
    const results = evidence.load.results.map((result, i) =>
      i === 7 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
    )
    return { ...evidence, load: { ...evidence.load, results } }
  }

  test('are the host’s, where threads are enough, and nobody else’s', () => {
    expect(criterion(verdict(1, straggling(recorded('1-solve'))), 'served')?.status).toBe('error')
    expect(criterion(verdict(1, straggling(recorded('1-longer-queue'))), 'served')?.status).toBe('fail')
  })

  test('are the threads’, where there are a few more than before and not enough', () => {
    const mended = straggling(recorded('1-solve'))
    const enough = threadsEnough(mended.asked, variantOf(1))
    const withThreads = (count: number) => ({
      ...mended,
      state: mended.state.replace(/^(@@ pool\n)((?:.*\n){24})/m, (_, head: string, lines: string) =>
        [head, ...lines.split(/(?<=\n)/).slice(0, count)].join(''),
      ),
    })
    expect(poolOf(withThreads(enough - 1)).running).toBe(enough - 1)
    expect(criterion(verdict(1, withThreads(enough - 1)), 'pool')?.status).toBe('pass')
    expect(criterion(verdict(1, withThreads(enough - 1)), 'served')?.status).toBe('fail')
    expect(criterion(verdict(1, withThreads(enough)), 'served')?.status).toBe('error')
  })
})

test('a machine that says nonsense of itself is judged by its clients, and cannot speak for the world', () => {
  const { counters } = broken(1)
  const world = counters.slice(counters.lastIndexOf('@@ world'))
  const after = {
    ...broken(1),
    state: '@@ pool\n\u0000\n@@ boot\nno\n',
    counters: `@@ world\n900 900\n${world}`,
  }
  expect(pricesOf(after)).toEqual(pricesOf(broken(1)))
  const judged = verdict(1, after)
  expect(judged.status).toBe('fail')
  expect(criterion(judged, 'pool')?.status).toBe('fail')
  expect(criterion(judged, 'app')?.status).toBe('fail')
})
