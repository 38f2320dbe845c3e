/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../schema.ts'
import { allPoints as all, criterion, seedOf, testJudgements, verdictsOf } from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { downloadsOf, limitOf, lineOf, visitsOf } from './evidence.ts'
import bufferbloat from './lab.ts'
import { groupsOf } from './load.ts'
import { addedBy, paceOf } from './pace.ts'
import { variantOf } from './variant.ts'

const lab = bufferbloat as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { names, seeds, recorded, broken, reference, verdict, points } = judgements
const [seed] = seeds as [number]
const named = (own: string) => names.find((one) => one.endsWith(`-${own}`)) as string

testJudgements(lab, judgements, {
  behaviour: 'prompt',
  unspoken: /\btc\b|systemctl|fq_codel|cake|fifo|\bqdisc\b|txqueuelen/i,
})

describe('a broken machine', () => {
  test.each(seeds)('of seed %i holds up whoever connects, and loses nothing', (seed) => {
    const { queue, most, samples } = lineOf(broken(seed))
    expect(limitOf(lineOf(broken(seed)))).toBe(variantOf(seed).limit)
    expect(queue?.rateKbit).toBe(variantOf(seed).rateKbit)
    expect(most).toBeGreaterThan(20)
    expect(most).toBeLessThan(500)
    expect(samples.map(({ dropped }) => dropped)).toEqual(samples.map(() => 0))
    expect(addedBy(paceOf(broken(seed))).connectMs).toBeGreaterThan(150)
    expect(visitsOf(broken(seed), 'loaded').answered).toBe(16)
  })

  test('is told from one that was never broken, and from one that shapes nothing', () => {
    expect(brokenBaseline(recorded(`${seed}-solve`), variantOf(seed))).toMatchObject({
      ok: false,
      reason: /queue is not the one/,
    })
    const [faster] = names.filter((one) => one.endsWith('-faster'))
    expect(brokenBaseline(recorded(faster as string), variantOf(seed)).ok).toBe(false)
  })
})

describe('a wrong fix', () => {
  test('that keeps its tools from telling is seen by the clients', () => {
    const name = named('forged-tools')
    expect(lineOf(recorded(name)).queue?.leaves[0]?.kind).toBe('fq_codel')
    const judged = verdict(seedOf(name), recorded(name))
    expect(criterion(judged, 'queue')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('that gives up the shaper makes everybody prompt, and exceeds the line', () => {
    const name = named('no-shaper')
    const judged = verdict(seedOf(name), recorded(name))
    expect(criterion(judged, 'prompt')?.status).toBe('pass')
    expect(criterion(judged, 'queue')?.status).toBe('fail')
    expect(downloadsOf(recorded(name)).mbit).toBeGreaterThan(2 * downloadsOf(broken(seedOf(name))).mbit)
  })

  test('shows where to look only to who has named the stage', () => {
    const guess = { ...reference(seed), stage: 'puma' as const }
    expect(criterion(verdict(seed, broken(seed), guess), 'queue')).toMatchObject({
      evidence: [],
      feedback: expect.not.stringMatching(/queue|packet/i),
    })
    expect(criterion(verdict(seed, broken(seed)), 'queue')?.evidence).not.toEqual([])
  })
})

describe('a diagnosis', () => {
  test.each(seeds)('of seed %i may give any length that the queue can have had', (seed) => {
    expect(points(seed, {})).toEqual(all)
    expect(points(seed, { value: 1 })).toEqual(all)
    expect(points(seed, { value: 0 })).toEqual({ ...all, value: 0 })
    expect(points(seed, { value: 2_500 })).toEqual({ ...all, value: 0 })
    expect(points(seed, { value: variantOf(seed).limit })).toEqual({ ...all, value: 0 })
  })

  test('of another stage, counter or limit earns nothing for it', () => {
    expect(points(seed, { stage: 'socket-buffer' })).toEqual({ ...all, stage: 0 })
    expect(points(seed, { counter: 'QdiscDropped' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(seed, { counter: 'TcpRetransSegs' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(seed, { limit: 1000 })).toEqual({ ...all, limit: 0 })
  })

  test('that gives the limit of what is there now is half right', () => {
    const now = limitOf(lineOf(recorded(`${seed}-solve`))) as number
    expect(points(seed, { limit: now })).toEqual({ ...all, limit: 2.5 })
  })
})

describe('what the clients see', () => {
  test('is no picture when it came in part', () => {
    const of = groupsOf(recorded(`${seed}-solve`).asked)
    const mended = recorded(`${seed}-solve`)
    const results = mended.load.results.map((one, i) =>
      of[i] === 'download'
        ? {
            ...one,
            outcome: 'ok' as const,
            bytes: 3_000,
            status: 200,
            head: mended.load.results.find(({ head }) => head)?.head ?? '',
          }
        : one,
    )
    const one = verdict(seed, { ...mended, load: { ...mended.load, results } })
    expect(criterion(one, 'app')?.status).toBe('fail')
  })
})

test('a machine that says nonsense of itself is judged by its clients', () => {
  const one = verdict(seed, {
    ...broken(seed),
    stateMs: 300,
    state: '@@ boot\nmany\n@@ end\n',
    counters: '@@ qdisc\nmany\n',
  })
  expect(one.status).toBe('fail')
  for (const id of ['queue', 'prompt', 'app']) expect(criterion(one, id)?.status).toBe('fail')
})
