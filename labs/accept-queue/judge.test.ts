/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/. The recordings were made by hand; how is said in notes.md.
 */
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import { verdictSchema } from '../../grader/verdict.ts'
import { openCatalog } from '../catalog.ts'
import type { Answers } from '../schema.ts'
import { clientsOf, trueHead } from '../shop/clients.ts'
import { countersAfterLoad, type Evidence } from '../shop/evidence.ts'
import { format, parse, recordingsOf } from '../shop/recorded.ts'
import { serverOf } from '../shop/server.ts'
import { brokenBaseline } from './checks.ts'
import { queueOf } from './evidence.ts'
import lab from './lab.ts'
import { variantOf } from './variant.ts'

const { names: recordings, recorded } = recordingsOf(import.meta.dirname)
const broken = (seed: number) => recorded(`${seed}-broken`)
const reference = (seed: number) => lab.referenceAnswers(broken(seed), variantOf(seed))

function verdict(seed: number, after: Evidence, answers: Answers | null = reference(seed)) {
  return verdictSchema.parse(
    judgeAgain({ lab, seed, before: broken(seed), after: later(seed, after), answers }),
  )
}

/** The machines of the recordings are not the one that was recorded broken: its counters went on from where they were. */
function later(seed: number, after: Evidence): Evidence {
  const was = countersAfterLoad(broken(seed))
  const value = (name: string) =>
    (was[`TcpExt${name}`] as number) + (countersAfterLoad(after)[`TcpExt${name}`] ?? 0)
  const names = ['ListenOverflows', 'ListenDrops']
  return {
    ...after,
    counters: `@@ netstat\nTcpExt: ${names.join(' ')}\nTcpExt: ${names.map(value).join(' ')}\n`,
  }
}

const statusOf = (one: ReturnType<typeof verdict>, id: string) =>
  one.criteria.find((criterion) => criterion.id === id)

describe('a broken machine', () => {
  test.each([0, 1, 2])('of seed %i shows its symptom and is no pass', (seed) => {
    const before = broken(seed)
    expect(brokenBaseline(before, variantOf(seed))).toEqual({ ok: true })
    const unfixed = verdict(seed, before, null)
    expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
    expect(statusOf(unfixed, 'served')).toMatchObject({ status: 'fail', points: 0 })
  })

  test('is told from one that was never broken', () => {
    expect(brokenBaseline(recorded('0-solve'), variantOf(0))).toMatchObject({
      ok: false,
      reason: /limit is 1024/,
    })
    const neverBroken = judgeAgain({
      lab,
      seed: 0,
      before: recorded('0-solve'),
      after: recorded('0-solve'),
      answers: null,
    })
    expect(neverBroken.status).toBe('error')
  })
})

describe('a right fix', () => {
  const solves = recordings.filter((name) => /^\d-solve/.test(name))
  test.each(solves)('%s passes with all points', (name) => {
    expect(verdict(Number(name[0]), recorded(name))).toMatchObject({
      status: 'pass',
      score: 100,
      maxScore: 100,
    })
  })

  test('without a diagnosis loses only the diagnosis', () => {
    expect(verdict(0, recorded('0-solve'), null)).toMatchObject({ status: 'fail', score: 70 })
  })
})

describe('a wrong fix', async () => {
  const { wrongs } = (await openCatalog()).get('accept-queue')
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
    expect(statusOf(judged, fails)?.status).toBe('fail')
  })

  test('that forges what the server says is seen by the clients', () => {
    expect(queueOf(recorded('0-forged-tools')).limit).toBe(4096)
    const judged = verdict(0, recorded('0-forged-tools'))
    expect(statusOf(judged, 'queue')?.status).toBe('pass')
    expect(statusOf(judged, 'served')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('tells what was seen, and never which knob to turn', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(Number(name[0]), recorded(name)).criteria) {
        expect(feedback).not.toMatch(/sysctl -|systemctl|restart|backlog=|cheat/i)
      }
    }
  })
})

describe('a diagnosis', () => {
  const points = (changes: Partial<Answers>) =>
    Object.fromEntries(
      verdict(0, recorded('0-solve'), { ...reference(0), ...changes })
        .criteria.filter(({ kind }) => kind === 'diagnosis')
        .map(({ id, points }) => [id, points]),
    )
  const all = { stage: 10, counter: 10, value: 5, limit: 5 }

  test('may name the counter as nstat or as netstat does', () => {
    expect(points({})).toEqual(all)
    expect(points({ counter: 'ListenOverflows' })).toEqual(all)
  })

  test('may give any value that was true since the break', () => {
    const id = 'TcpExtListenOverflows'
    const first = serverOf(broken(0)).counters[id] as number
    expect(points({ value: Math.max(1, first) })).toEqual(all)
    expect(points({ value: reference(0).value })).toEqual(all)
    expect(points({ value: reference(0).value + 100_000 })).toEqual({ ...all, value: 0 })
    expect(points({ value: 0 })).toEqual({ ...all, value: 0 })
  })

  test('that names the drops of a listener is half right', () => {
    const judged = verdict(0, recorded('0-solve'), { ...reference(0), counter: 'TcpExtListenDrops' })
    expect(statusOf(judged, 'counter')).toMatchObject({ status: 'fail', points: 5 })
    expect(statusOf(judged, 'value')).toMatchObject({ status: 'pass', points: 5 })
    expect(judged).toMatchObject({ status: 'fail', score: 95 })
  })

  test('with another stage or counter earns nothing for it', () => {
    expect(points({ stage: 'syn-queue' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'TcpExtTCPReqQFullDrop' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ counter: 'nothing known' })).toEqual({ ...all, counter: 0, value: 0 })
  })

  test('with the limit of after the repair is half right, with one that was never in force wrong', () => {
    expect(points({ limit: 1024 })).toEqual({ ...all, limit: 2.5 })
    expect(points({ limit: 777 })).toEqual({ ...all, limit: 0 })
  })
})

describe('a busy host', () => {
  test('gives an error, not a fail, when nothing was lost and only the time was up', () => {
    const after = slow(recorded('0-solve'))
    expect(statusOf(verdict(0, { ...after, stateMs: 4_000 }), 'served')?.status).toBe('error')
    expect(verdict(0, { ...after, stateMs: 4_000 }).status).toBe('error')
    expect(statusOf(verdict(0, { ...after, stateMs: 300 }), 'served')?.status).toBe('fail')
  })

  test('is no excuse for lost segments', () => {
    expect(statusOf(verdict(0, { ...broken(0), stateMs: 9_000 }), 'served')?.status).toBe('fail')
  })

  const slow = (evidence: Evidence): Evidence => {
    const results = evidence.load.results.map((result, i) =>
      i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
    )
    return { ...evidence, load: { ...evidence.load, results } }
  }
})

test('segments sent again are counted by connection where the world can tell', () => {
  const mended = recorded('0-solve')
  const results = mended.load.results.map((result, i) => ({ ...result, retransmits: i === 3 ? 2 : 0 }))
  const after = {
    ...mended,
    load: { ...mended.load, results, netstat: { ...mended.load.netstat, retransSegs: 40 } },
  }
  expect(clientsOf(after).retransmitted).toBe(2)
  expect(statusOf(verdict(0, after), 'served')?.status).toBe('pass')
})

test('a recording says the same after it was written and read', () => {
  const evidence = recorded('0-broken')
  expect(parse(format(evidence))).toEqual(evidence)
})

test('a machine that says nonsense of itself is judged by its clients', () => {
  const after = { ...broken(0), state: '@@ listeners\nno such thing\n@@ somaxconn\n-1\n', counters: '' }
  const judged = verdict(0, after)
  expect(judged.status).toBe('fail')
  expect(statusOf(judged, 'queue')?.status).toBe('fail')
  expect(statusOf(judged, 'app')?.status).toBe('fail')
  expect(clientsOf(after).all).toBeGreaterThan(50)
})

test('the shop’s answers on a real machine begin as computed', () => {
  const { asked, load } = recorded('0-solve')
  expect(asked.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/', expect.stringMatching(/^\/items\//)]),
  )
  asked.forEach(({ path }, i) => {
    expect(load.results[i]?.head.startsWith(trueHead(path))).toBe(true)
  })
})
