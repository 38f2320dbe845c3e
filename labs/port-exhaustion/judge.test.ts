/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Answers, Lab } from '../schema.ts'
import { upstreamOf } from '../shop/upstream.ts'
import {
  allPoints as all,
  criterion,
  quiet,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { portsOf, withoutPort } from './evidence.ts'
import portExhaustion from './lab.ts'
import { crowd } from './load.ts'
import { variantOf } from './variant.ts'

const lab = portExhaustion as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { recorded, broken, verdict } = judgements
const points = (changes: Partial<Answers>) => judgements.points(1, changes)

testJudgements(lab, judgements, {
  behaviour: 'served',
  unspoken: /sysctl|systemctl|restart|ip_local|tcp_|KEEPALIVE/i,
})

describe('a broken machine', () => {
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
  })

  test('says where to look only to who has named the stage', () => {
    expect(criterion(verdict(1, broken(1), null), 'ports')?.evidence).toEqual([])
    expect(criterion(verdict(1, broken(1)), 'ports')?.evidence).not.toEqual([])
  })
})

describe('a right fix', () => {
  test('may leave the ports as few as they are, if a call needs none or gets one back soon', () => {
    const few = variantOf(1).ports
    expect(portsOf(recorded('1-solve-keep'))).toMatchObject({ usable: few, keeps: true, reuse: false })
    expect(portsOf(recorded('1-solve-reuse'))).toMatchObject({ usable: few, keeps: false, reuse: true })
    const { accepted, asked } = upstreamOf(recorded('1-solve-keep'))
    expect(accepted).toBeLessThan(asked / 4)
  })
})

describe('a wrong fix', () => {
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
})

describe('a diagnosis', () => {
  test('may count the connections to the price service, or all that are over', () => {
    expect(points({})).toEqual(all)
    expect(points({ value: portsOf(broken(1)).allWaiting })).toEqual(all)
    // 36 ports, a check of 63, and 200 clients of the background: what a minute can leave, and more than any look happened to see.
    expect(points({ value: 299 })).toEqual(all)
    expect(points({ value: 300 })).toEqual({ ...all, value: 0 })
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
  expect(criterion(verdict(1, starved(broken(1))), 'served')?.status).toBe('fail')
  const mended = recorded('1-solve')
  const results = mended.load.results.map((result, i) =>
    i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
  )
  const late = { ...mended, load: { ...mended.load, results } }
  expect(verdict(1, starved(late)).status).toBe('error')
  expect(criterion(verdict(1, quiet(late)), 'served')?.status).toBe('fail')
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
