/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import type { Answers, Lab } from '../schema.ts'
import { criterion, verdictsOf, wrongRecordings } from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { crowdsOf, descriptorsOf } from './evidence.ts'
import fdLimit from './lab.ts'
import { variantOf } from './variant.ts'

const lab = fdLimit as Lab
const { names, recorded, broken, reference, verdict } = verdictsOf(lab, import.meta.dirname)

describe('a broken machine', () => {
  test.each([1, 2])('of seed %i shows its symptom and is no pass', (seed) => {
    expect(brokenBaseline(broken(seed), variantOf(seed))).toEqual({ ok: true })
    const unfixed = verdict(seed, broken(seed), null)
    expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
    expect(criterion(unfixed, 'served')).toMatchObject({ status: 'fail', points: 0 })
  })

  test('is told from one that was never broken', () => {
    const mended = recorded('1-solve')
    expect(brokenBaseline(mended, variantOf(1))).toMatchObject({ ok: false, reason: /limit is/ })
    expect(judgeAgain({ lab, seed: 1, before: mended, after: mended, answers: null }).status).toBe('error')
  })

  test('says where to look only to who has named the stage', () => {
    expect(criterion(verdict(1, broken(1), null), 'limits')?.evidence).toEqual([])
    expect(criterion(verdict(1, broken(1)), 'limits')?.evidence).not.toEqual([])
  })
})

describe('a right fix', () => {
  test.each(names.filter((name) => /^\d-solve/.test(name)))('%s passes with all points', (name) => {
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
  const { cases, missing } = await wrongRecordings(lab, names)

  test('of every kind has been recorded', () => expect(missing).toEqual([]))

  test.each(cases)('$name fails $fails', ({ name, fails }) => {
    const judged = verdict(Number(name[0]), recorded(name))
    expect(judged.status).toBe('fail')
    expect(criterion(judged, fails)?.status).toBe('fail')
  })

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

  test('tells what was seen, and never which knob to turn', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(Number(name[0]), recorded(name)).criteria) {
        expect(feedback).not.toMatch(/systemctl|restart|LimitNOFILE|setrlimit|prlimit|cheat/i)
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

  test('may count what is open, or the calls that fail', () => {
    const { limit } = variantOf(1)
    expect(points({})).toEqual(all)
    expect(points({ value: limit - 2 })).toEqual(all)
    expect(points({ value: 10_000 })).toEqual({ ...all, value: 0 })
    expect(points({ counter: 'AcceptEmfile', value: 31_415 })).toEqual(all)
    expect(points({ counter: 'AcceptEmfile', value: 0 })).toEqual({ ...all, value: 0 })
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
  expect(criterion(verdict(1, { ...broken(1), stateMs: 9_000 }), 'served')?.status).toBe('fail')
  const mended = recorded('1-solve')
  const results = mended.load.results.map((result, i) =>
    i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
  )
  const late = { ...mended, load: { ...mended.load, results } }
  expect(verdict(1, { ...late, stateMs: 4_000 }).status).toBe('error')
  expect(criterion(verdict(1, { ...late, stateMs: 300 }), 'served')?.status).toBe('fail')
})

test('a machine that says nonsense of itself is judged by its clients', () => {
  const after = { ...broken(1), state: '@@ limits\nmany\n@@ boot\nno\n', counters: '@@ samples\n-1 x\n' }
  const judged = verdict(1, after)
  expect(judged.status).toBe('fail')
  expect(criterion(judged, 'limits')?.status).toBe('fail')
  expect(criterion(judged, 'app')?.status).toBe('fail')
})
