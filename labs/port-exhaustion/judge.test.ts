/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import type { Answers, Lab } from '../schema.ts'
import { upstreamOf } from '../shop/upstream.ts'
import { criterion, verdictsOf, wrongRecordings } from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { portsOf, withoutPort } from './evidence.ts'
import portExhaustion from './lab.ts'
import { crowd } from './load.ts'
import { variantOf } from './variant.ts'

const lab = portExhaustion as Lab
const { names, recorded, broken, reference, verdict } = verdictsOf(lab, import.meta.dirname)

describe('a broken machine', () => {
  test.each([0, 1, 2])('of seed %i shows its symptom and is no pass', (seed) => {
    expect(brokenBaseline(broken(seed), variantOf(seed))).toEqual({ ok: true })
    const unfixed = verdict(seed, broken(seed), null)
    expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
    expect(criterion(unfixed, 'served')).toMatchObject({ status: 'fail', points: 0 })
  })

  test.each([0, 1, 2])('of seed %i makes no more calls a minute than it has ports', (seed) => {
    const { usable, waiting } = portsOf(broken(seed))
    expect(usable).toBe(variantOf(seed).ports)
    expect(waiting).toBe(usable)
    expect(upstreamOf(broken(seed)).accepted).toBeLessThanOrEqual(usable ?? 0)
    expect(withoutPort(broken(seed))).toBeGreaterThanOrEqual(crowd.morePages)
  })

  test('is told from one that was never broken', () => {
    const mended = recorded('1-solve')
    expect(brokenBaseline(mended, variantOf(1))).toMatchObject({ ok: false, reason: /28232 local ports/ })
    expect(judgeAgain({ lab, seed: 1, before: mended, after: mended, answers: null }).status).toBe('error')
  })

  test('says where to look only to who has named the stage', () => {
    expect(criterion(verdict(1, broken(1), null), 'ports')?.evidence).toEqual([])
    expect(criterion(verdict(1, broken(1)), 'ports')?.evidence).not.toEqual([])
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

  test('may leave the ports as few as they are, if a call needs none or gets one back soon', () => {
    const few = variantOf(1).ports
    expect(portsOf(recorded('1-solve-keep'))).toMatchObject({ usable: few, keeps: true, reuse: false })
    expect(portsOf(recorded('1-solve-reuse'))).toMatchObject({ usable: few, keeps: false, reuse: true })
    const { accepted, asked } = upstreamOf(recorded('1-solve-keep'))
    expect(accepted).toBeLessThan(asked / 4)
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

  test('that forges the kernel’s settings is seen by the clients and by the price service', () => {
    const forged = recorded('1-forged-proc')
    expect(portsOf(forged).usable).toBe(28_232)
    const judged = verdict(1, forged)
    expect(criterion(judged, 'ports')?.status).toBe('fail')
    expect(criterion(judged, 'served')?.status).toBe('fail')
  })

  test('that answers for the price service makes the clients happy, and costs points all the same', () => {
    const judged = verdict(1, recorded('1-own-prices'))
    expect(criterion(judged, 'served')?.status).toBe('pass')
    expect(criterion(judged, 'prices')?.status).toBe('fail')
    expect(criterion(judged, 'ports')?.status).toBe('fail')
  })

  test('tells what was seen, and never which knob to turn', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(Number(name[0]), recorded(name)).criteria) {
        expect(feedback).not.toMatch(/sysctl|systemctl|restart|ip_local|tcp_|KEEPALIVE|cheat/i)
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

  test('may count the connections to the price service, or all that are over', () => {
    expect(points({})).toEqual(all)
    expect(points({ value: portsOf(broken(1)).allWaiting })).toEqual(all)
    expect(points({ value: 10_000 })).toEqual({ ...all, value: 0 })
  })

  test('that names what comes in, or who waits, is wrong', () => {
    expect(points({ stage: 'accept-queue' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'ListenRecvQ', value: 3 })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ counter: 'UpstreamConnections', value: 3 })).toEqual({ ...all, counter: 0, value: 0 })
  })

  test('with the ports of after the repair is half right', () => {
    expect(points({ limit: 28_232 })).toEqual({ ...all, limit: 2.5 })
    expect(points({ limit: 65_535 })).toEqual({ ...all, limit: 0 })
  })
})

test('a busy host gives an error, not a fail, unless pages failed for want of a port', () => {
  expect(criterion(verdict(1, { ...broken(1), stateMs: 9_000 }), 'served')?.status).toBe('fail')
  const mended = recorded('1-solve')
  const results = mended.load.results.map((result, i) =>
    i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
  )
  const late = { ...mended, load: { ...mended.load, results } }
  expect(verdict(1, { ...late, stateMs: 4_000 }).status).toBe('error')
  expect(criterion(verdict(1, { ...late, stateMs: 300 }), 'served')?.status).toBe('fail')
})

test('a machine that says nonsense of itself is judged from outside, and cannot speak for the world', () => {
  const { counters } = broken(1)
  const world = counters.slice(counters.lastIndexOf('@@ world'))
  const after = {
    ...broken(1),
    state: '@@ range\nwide\n@@ boot\nno\n',
    counters: `@@ world\n900 900 9\n${world}`,
  }
  expect(upstreamOf(after)).toEqual(upstreamOf(broken(1)))
  const judged = verdict(1, after)
  expect(judged.status).toBe('fail')
  for (const id of ['ports', 'served', 'app']) expect(criterion(judged, id)?.status).toBe('fail')
})
