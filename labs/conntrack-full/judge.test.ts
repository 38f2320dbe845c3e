/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import { verdictSchema } from '../../grader/verdict.ts'
import { openCatalog } from '../catalog.ts'
import { conntrackStat } from '../reading/conntrack.ts'
import type { Answers } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { format, parse, recordingsOf } from '../shop/recorded.ts'
import { brokenBaseline } from './checks.ts'
import { atBoot, tablesOf } from './evidence.ts'
import lab from './lab.ts'
import { variantOf } from './variant.ts'

const { names: recordings, recorded } = recordingsOf(import.meta.dirname)
const seedOf = (name: string) => Number(name.split('-')[0])
const seeds = [...new Set(recordings.map(seedOf))]
const broken = (seed: number) => recorded(`${seed}-broken`)
const reference = (seed: number) => lab.referenceAnswers(broken(seed), variantOf(seed))

function verdict(seed: number, after: Evidence, answers: Answers | null = reference(seed)) {
  return verdictSchema.parse(
    judgeAgain({ lab, seed, before: broken(seed), after: later(seed, after), answers }),
  )
}

/** Another machine than the one that was recorded broken: what it drops comes on top of what was dropped then. */
function later(seed: number, after: Evidence): Evidence {
  const was = tablesOf(broken(seed)).end.dropped ?? 0
  const more = (text: string) =>
    text.replace(/@@ conntrack\n(.*)\n(.*)\n/, (_, head: string, cpu: string) => {
      const cells = cpu.trim().split(/\s+/)
      const column = head.trim().split(/\s+/).indexOf('drop')
      cells[column] = (Number.parseInt(cells[column] as string, 16) + was).toString(16)
      return `@@ conntrack\n${head}\n${cells.join(' ')}\n`
    })
  return { ...after, state: more(after.state), counters: more(after.counters) }
}

const criterion = (one: ReturnType<typeof verdict>, id: string) => one.criteria.find((each) => each.id === id)

describe('a broken machine', () => {
  test.each(seeds)('of seed %i shows its symptom and is no pass', (seed) => {
    expect(brokenBaseline(broken(seed), variantOf(seed))).toEqual({ ok: true })
    const unfixed = verdict(seed, broken(seed), null)
    expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
    expect(criterion(unfixed, 'served')).toMatchObject({ status: 'fail', points: 0 })
  })

  test('is told from one that was never broken, and from one without its firewall', () => {
    const [seed] = seeds as [number]
    const mended = recorded(`${seed}-solve`)
    expect(brokenBaseline(mended, variantOf(seed))).toMatchObject({ ok: false, reason: /65536/ })
    const open = { ...broken(seed), knocks: [{ src: '198.18.16.9', port: 4711, met: 'an answer' as const }] }
    expect(brokenBaseline(open, variantOf(seed))).toMatchObject({ ok: false, reason: /firewall/ })
    const never = judgeAgain({ lab, seed, before: mended, after: mended, answers: null })
    expect(never.status).toBe('error')
  })
})

describe('a right fix', () => {
  test.each(recordings.filter((name) => /^\d+-solve/.test(name)))('%s passes with all points', (name) => {
    expect(verdict(seedOf(name), recorded(name))).toMatchObject({ status: 'pass', score: 100, maxScore: 100 })
  })

  test('without a diagnosis loses only the diagnosis', () => {
    const [seed] = seeds as [number]
    expect(verdict(seed, recorded(`${seed}-solve`), null)).toMatchObject({ status: 'fail', score: 70 })
  })
})

describe('a wrong fix', async () => {
  const { wrongs } = (await openCatalog()).get('conntrack-full')
  const cases = recordings.flatMap((name) => {
    const own = name.replace(/^\d+-/, '')
    const fix = wrongs.find((one) => own === one.name.replace(/^wrong\/|\.sh$/g, ''))
    return fix ? [{ name, fails: fix.fails }] : []
  })

  test('of every kind has been recorded', () => {
    expect(new Set(cases.map(({ name }) => name.replace(/^\d+-/, ''))).size).toBe(wrongs.length)
  })

  test.each(cases)('$name fails $fails', ({ name, fails }) => {
    const judged = verdict(seedOf(name), recorded(name))
    expect(judged.status).toBe('fail')
    expect(criterion(judged, fails)?.status).toBe('fail')
  })

  test('that only says that the table is large is seen by the clients', () => {
    const name = recordings.find((one) => one.endsWith('forged-limit')) as string
    expect(tablesOf(recorded(name)).start.max).toBe(65_536)
    const judged = verdict(seedOf(name), recorded(name))
    expect(criterion(judged, 'served')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('tells what was seen, and never what to type', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(seedOf(name), recorded(name)).criteria)
        expect(feedback).not.toMatch(/sysctl|systemctl|notrack|cheat/i)
    }
  })

  test('shows where to look only to who has named the stage', () => {
    const [seed] = seeds as [number]
    const guess = { ...reference(seed), stage: 'accept-queue' as const }
    const { criteria } = verdict(seed, broken(seed), guess)
    expect(JSON.stringify(criteria.filter(({ id }) => id === 'table' || id === 'durable'))).not.toMatch(
      /conntrack/,
    )
  })
})

describe('a diagnosis', () => {
  const [seed] = seeds as [number]
  const points = (changes: Partial<Answers>) =>
    Object.fromEntries(
      verdict(seed, recorded(`${seed}-solve`), { ...reference(seed), ...changes })
        .criteria.filter(({ kind }) => kind === 'diagnosis')
        .map(({ id, points }) => [id, points]),
    )
  const all = { stage: 10, counter: 10, value: 5, limit: 5 }

  test('may give any value that was true since the break', () => {
    expect(points({})).toEqual(all)
    expect(points({ counter: 'conntrack drop' })).toEqual(all)
    const { start, end } = tablesOf(broken(seed))
    expect(points({ value: Math.max(1, start.dropped ?? 0) })).toEqual(all)
    expect(points({ value: (end.dropped ?? 0) + 100_000 })).toEqual({ ...all, value: 0 })
  })

  test('that names how full the table is, is half right', () => {
    expect(points({ counter: 'ConntrackCount', value: 40 })).toEqual({ ...all, counter: 5 })
  })

  test('of another stage, counter or limit earns nothing for it', () => {
    expect(points({ stage: 'ip' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'TcpExtListenOverflows' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ limit: 65_536 })).toEqual({ ...all, limit: 2.5 })
    expect(points({ limit: 777 })).toEqual({ ...all, limit: 0 })
  })
})

describe('what the next boot makes of it', () => {
  const state = (durable: string, boot: string): Evidence => ({
    ...broken(seeds[0] as number),
    state: `@@ durable\n${durable}\n@@ boot\n${boot}\n@@ end\n`,
  })

  test('is the kernel’s own where nobody says anything', () => {
    expect(atBoot(state('', ''))).toEqual({ max: 2048, closedS: 120, untracked: false })
  })

  test('is what a unit says, since it runs after the files of sysctl', () => {
    const file = '/etc/sysctl.d/99-a.conf: net.netfilter.nf_conntrack_max = 65536'
    const unit = '/etc/systemd/system/nftables.service.d/a.conf: ExecStartPost='
    expect(atBoot(state(file, '')).max).toBe(65_536)
    expect(atBoot(state(file, `${unit}/usr/sbin/sysctl -q net.netfilter.nf_conntrack_max=40`)).max).toBe(40)
    const echo = `${unit}/bin/sh -c 'echo 9000 >/proc/sys/net/netfilter/nf_conntrack_max'`
    expect(atBoot(state('', echo)).max).toBe(9000)
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

test('a recording says the same after it was written and read', () => {
  for (const seed of seeds) expect(parse(format(broken(seed)))).toEqual(broken(seed))
})

test('conntrack’s counters are summed over the processors, in hexadecimal', () => {
  const text = 'entries  found drop\n0000002c  00000000 0000000a\n0000002c  00000000 00000010\n'
  expect(conntrackStat(text, 'drop')).toBe(26)
  expect(conntrackStat(text, 'no such')).toBeNull()
  expect(conntrackStat('', 'drop')).toBeNull()
})
