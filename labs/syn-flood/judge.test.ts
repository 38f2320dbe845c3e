/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Answers } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { later } from '../shop/later.fixture.ts'
import { criterion, verdictsOf, wrongRecordings } from '../shop/verdicts.fixture.ts'
import { brokenBaseline, proofOf } from './checks.ts'
import { atBoot, heardOf, queueOf } from './evidence.ts'
import lab from './lab.ts'
import { variantOf } from './variant.ts'

const { names, recorded, broken, reference, verdict: judged } = verdictsOf(lab, import.meta.dirname)
const seedOf = (name: string) => Number(name[0])
const seeds = [...new Set(names.map(seedOf))]
const verdict = (seed: number, after: Evidence, answers: Answers | null = reference(seed)) =>
  judged(seed, later(broken(seed), after), answers)

describe('a broken machine', () => {
  test.each(seeds)('of seed %i shows its symptom and is no pass', (seed) => {
    expect(brokenBaseline(broken(seed), variantOf(seed))).toEqual({ ok: true })
    const unfixed = judged(seed, broken(seed), null)
    expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
    expect(criterion(unfixed, 'served')).toMatchObject({ status: 'fail', points: 0 })
  })

  test.each(seeds)('of seed %i moves one counter and not its neighbours', (seed) => {
    const { id, first, now } = proofOf(broken(seed), broken(seed), variantOf(seed))
    expect((now as number) - (first as number)).toBeGreaterThan(200)
    const other = proofOf(broken(seed), broken(seed), { ...variantOf(seed), bound: 'bind' })
    if (id === 'TcpExtListenDrops') expect(other.now).toBe(0)
  })

  test('is told from one that was never broken', () => {
    const [seed] = seeds as [number]
    const mended = recorded(`${seed}-solve`)
    expect(brokenBaseline(mended, variantOf(seed))).toMatchObject({ ok: false, reason: /cookies/ })
  })

  test('says where to look only to who has named the stage', () => {
    const [seed] = seeds as [number]
    expect(criterion(judged(seed, broken(seed), null), 'queue')?.evidence).toEqual([])
    expect(criterion(judged(seed, broken(seed)), 'queue')?.evidence).not.toEqual([])
  })
})

describe('a right fix', () => {
  test.each(names.filter((name) => /^\d-solve/.test(name)))('%s passes with all points', (name) => {
    expect(verdict(seedOf(name), recorded(name))).toMatchObject({ status: 'pass', score: 100, maxScore: 100 })
  })

  test('without a diagnosis loses only the diagnosis', () => {
    const [seed] = seeds as [number]
    expect(verdict(seed, recorded(`${seed}-solve`), null)).toMatchObject({ status: 'fail', score: 70 })
  })
})

describe('a wrong fix', async () => {
  const { cases, missing } = await wrongRecordings(lab, names)

  test('of every kind has been recorded', () => expect(missing).toEqual([]))

  test.each(cases)('$name fails $fails', ({ name, fails }) => {
    const one = verdict(seedOf(name), recorded(name))
    expect(one.status).toBe('fail')
    expect(criterion(one, fails)?.status).toBe('fail')
  })

  test('that makes the flood unheard makes the clients happy, and costs points all the same', () => {
    for (const { name } of cases.filter((one) => /block-range|no-way-back/.test(one.name))) {
      const one = verdict(seedOf(name), recorded(name))
      expect(criterion(one, 'served')?.status).toBe('pass')
      expect(criterion(one, 'queue')?.status).toBe('fail')
      expect(criterion(one, 'clients')?.status).toBe('fail')
    }
  })

  test('that forges its setting is seen by the clients', () => {
    const { name } = cases.find((one) => one.name.endsWith('forged-setting')) as { name: string }
    expect(queueOf(recorded(name)).cookies).toBe(1)
    const one = verdict(seedOf(name), recorded(name))
    expect(criterion(one, 'served')?.status).toBe('fail')
    expect(one.score).toBeLessThan(60)
  })

  test('tells what was seen, and never which knob to turn', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(seedOf(name), recorded(name)).criteria)
        expect(feedback).not.toMatch(/sysctl|systemctl|backlog=|syncookies|cheat/i)
    }
  })
})

describe('a diagnosis', () => {
  const points = (seed: number, changes: Partial<Answers>) =>
    Object.fromEntries(
      verdict(seed, recorded(`${seed}-solve`), { ...reference(seed), ...changes })
        .criteria.filter(({ kind }) => kind === 'diagnosis')
        .map((one) => [one.id, one.points]),
    )
  const all = { stage: 10, counter: 10, value: 5, limit: 5 }

  test.each(seeds)('of seed %i may give any value that was true since the break', (seed) => {
    expect(points(seed, {})).toEqual(all)
    expect(points(seed, { value: 10_000_000 })).toEqual({ ...all, value: 0 })
    expect(points(seed, { value: 0 })).toEqual({ ...all, value: 0 })
  })

  test.each(seeds)('of seed %i that counts the sockets is half right', (seed) => {
    expect(points(seed, { counter: 'ss -Htn state syn-recv: lines', value: 12 }).counter).toBe(0)
    expect(points(seed, { counter: 'SynRecvSockets', value: 12 })).toEqual({ ...all, counter: 5 })
    expect(points(seed, { counter: 'SynRecvSockets', value: 900 })).toEqual({ ...all, counter: 5, value: 0 })
  })

  test('that names the drops where the kernel counts the reason is half right', () => {
    for (const seed of seeds) {
      const counter = points(seed, { counter: 'TcpExtListenDrops', value: 1 }).counter
      expect(counter).toBe(variantOf(seed).bound === 'syn-backlog' ? 10 : 5)
    }
  })

  test('of another stage, counter or limit earns nothing for it', () => {
    const [seed] = seeds as [number]
    expect(points(seed, { stage: 'accept-queue' })).toEqual({ ...all, stage: 0 })
    expect(points(seed, { counter: 'TcpExtListenOverflows' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(seed, { limit: 777 })).toEqual({ ...all, limit: 0 })
  })
})

describe('what the next boot makes of it', () => {
  const state = (sections: string): Evidence => ({
    ...broken(seeds[0] as number),
    state: `${sections}\n@@ end\n`,
  })

  test('is the kernel’s own where nobody says anything', () => {
    expect(atBoot(state(''))).toEqual({ cookies: 1, synBacklog: 128, retries: 5, listener: 1024 })
  })

  test('is what the interface’s lines say, since they run after the files of sysctl', () => {
    const file = '@@ durable\n/etc/sysctl.d/99-a.conf: net.ipv4.tcp_syncookies = 1\n'
    const line = '@@ boot\n/etc/network/interfaces:    up sysctl -qw net.ipv4.tcp_syncookies=0\n'
    expect(atBoot(state(file)).cookies).toBe(1)
    expect(atBoot(state(file + line)).cookies).toBe(0)
    expect(atBoot(state('@@ puma.rb\nbind "tcp://0.0.0.0:80?backlog=24"\n')).listener).toBe(24)
  })
})

test('a busy host gives an error, not a fail, when nothing was lost', () => {
  const [seed] = seeds as [number]
  const mended = recorded(`${seed}-solve`)
  const results = mended.load.results.map((result, i) =>
    i % 3 === 1 ? { ...result, outcome: 'read-timeout' as const, status: 0, head: '' } : result,
  )
  const slow = { ...mended, load: { ...mended.load, results } }
  expect(verdict(seed, { ...slow, stateMs: 4_000 }).status).toBe('error')
  expect(verdict(seed, { ...slow, stateMs: 300 }).status).toBe('fail')
})

test('a machine that says nonsense of itself is judged by its clients, and cannot speak for the world', () => {
  const [seed] = seeds as [number]
  const was = broken(seed)
  const outside = was.counters.slice(was.counters.lastIndexOf('@@ outside'))
  const after = { ...was, state: '@@ cookies\n\u0000\n@@ end\n', counters: `@@ outside\n0 0 0\n${outside}` }
  expect(heardOf(after, variantOf(seed)).forged).toBe(heardOf(was, variantOf(seed)).forged)
  const one = judged(seed, after)
  expect(one.status).toBe('fail')
  expect(criterion(one, 'queue')?.status).toBe('fail')
  expect(criterion(one, 'app')?.status).toBe('fail')
})
