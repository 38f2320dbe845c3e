/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import { verdictSchema } from '../../grader/verdict.ts'
import { openCatalog } from '../catalog.ts'
import type { Answers } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { recordingsOf } from '../shop/recorded.ts'
import { brokenBaseline } from './checks.ts'
import { poolOf, pricesOf } from './evidence.ts'
import lab from './lab.ts'
import { variantOf } from './variant.ts'

const { names: recordings, recorded } = recordingsOf(import.meta.dirname)
const broken = (seed: number) => recorded(`${seed}-broken`)
const reference = (seed: number) => lab.referenceAnswers(broken(seed), variantOf(seed))

const verdict = (seed: number, after: Evidence, answers: Answers | null = reference(seed)) =>
  verdictSchema.parse(judgeAgain({ lab, seed, before: broken(seed), after, answers }))

const criterion = (one: ReturnType<typeof verdict>, id: string) => one.criteria.find((each) => each.id === id)

describe('a broken machine', () => {
  test.each([1, 2])('of seed %i shows its symptom and is no pass', (seed) => {
    expect(brokenBaseline(broken(seed))).toEqual({ ok: true })
    const unfixed = verdict(seed, broken(seed), null)
    expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
    expect(criterion(unfixed, 'served')).toMatchObject({ status: 'fail', points: 0 })
  })

  test('is told from one that was never broken', () => {
    const mended = recorded('1-solve')
    expect(brokenBaseline(mended)).toMatchObject({ ok: false, reason: /threads/ })
    expect(judgeAgain({ lab, seed: 1, before: mended, after: mended, answers: null }).status).toBe('error')
  })

  test('says where to look only to who has named the stage', () => {
    expect(criterion(verdict(1, broken(1), null), 'pool')?.evidence).toEqual([])
    expect(criterion(verdict(1, broken(1)), 'pool')?.evidence).not.toEqual([])
  })
})

describe('a right fix', () => {
  test.each(recordings.filter((name) => /^\d-solve/.test(name)))('%s passes with all points', (name) => {
    expect(verdict(Number(name[0]), recorded(name))).toMatchObject({
      status: 'pass',
      score: 100,
      maxScore: 100,
    })
  })

  test('without a diagnosis loses only the diagnosis', () => {
    expect(verdict(1, recorded('1-solve'), null)).toMatchObject({ status: 'fail', score: 70 })
  })
})

describe('a wrong fix', async () => {
  const { wrongs } = (await openCatalog()).get('slow-accept')
  const cases = recordings.flatMap((name) => {
    const fix = wrongs.find((one) => name.slice(2) === one.name.replace(/^wrong\/|\.sh$/g, ''))
    return fix ? [{ name, fails: fix.fails }] : []
  })

  test('of every kind has been recorded', () => {
    expect(new Set(cases.map(({ name }) => name.slice(2))).size).toBe(wrongs.length)
  })

  test.each(cases)('$name fails $fails', ({ name, fails }) => {
    const judged = verdict(Number(name[0]), recorded(name))
    expect(judged.status).toBe('fail')
    expect(criterion(judged, fails)?.status).toBe('fail')
  })

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

  test('tells what was seen, and never which knob to turn', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(Number(name[0]), recorded(name)).criteria) {
        expect(feedback).not.toMatch(/systemctl|restart|PUMA_THREADS|puma\.rb|cheat/i)
      }
    }
  })
})

describe('a diagnosis', () => {
  const points = (changes: Partial<Answers>) =>
    Object.fromEntries(
      verdict(1, recorded('1-solve'), { ...reference(1), ...changes })
        .criteria.filter(({ kind }) => kind === 'diagnosis')
        .map((one) => [one.id, one.points]),
    )
  const all = { stage: 10, counter: 10, value: 5, limit: 5 }

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
  expect(criterion(verdict(1, { ...broken(1), stateMs: 9_000 }), 'served')?.status).toBe('fail')
  const mended = recorded('1-solve')
  const results = mended.load.results.map((result, i) =>
    i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
  )
  const late = { ...mended, load: { ...mended.load, results } }
  expect(verdict(1, { ...late, stateMs: 4_000 }).status).toBe('error')
  expect(criterion(verdict(1, { ...late, stateMs: 300 }), 'served')?.status).toBe('fail')
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
