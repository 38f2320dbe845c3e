/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import { verdictSchema } from '../../grader/verdict.ts'
import { openCatalog } from '../catalog.ts'
import type { Answers } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { format, parse, recordingsOf } from '../shop/recorded.ts'
import { brokenBaseline } from './checks.ts'
import { atBoot, obstaclesIn, proofOf, received } from './evidence.ts'
import lab from './lab.ts'
import { groupOf } from './load.ts'
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

/** Another machine than the one that was recorded broken: what it counts comes on top of what was counted then. */
function later(seed: number, after: Evidence): Evidence {
  const was = {
    InNoECTPkts: received(broken(seed).counters),
    IPReversePathFilter: proofOf(broken(seed), variantOf(seed)).end ?? 0,
  }
  const counters = after.counters.replace(
    /^(\w+:) (.*)\n\1 (.*)$/gm,
    (_, group, names: string, values: string) => {
      const columns = names.split(' ')
      const sums = values
        .split(' ')
        .map((value, i) => Number(value) + (was[columns[i] as keyof typeof was] ?? 0))
      return `${group} ${names}\n${group} ${sums.join(' ')}`
    },
  )
  return { ...after, counters }
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
    expect(brokenBaseline(mended, variantOf(seed))).toMatchObject({ ok: false, reason: /nothing stands/ })
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
  const { wrongs } = (await openCatalog()).get('silent-drop')
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

  test('that keeps its tools from telling is seen by the clients', () => {
    const judged = verdict(1, recorded('1-forged-tools'))
    expect(obstaclesIn(recorded('1-forged-tools'), variantOf(1))).toEqual([])
    expect(criterion(judged, 'cause')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('that only switches the check of senders off earns nothing but the diagnosis', () => {
    for (const name of recordings.filter((one) => one.endsWith('no-sender-check')))
      expect(verdict(seedOf(name), recorded(name)).score).toBe(30)
  })

  test('that answers in the shop’s name is no shop', () => {
    const [seed] = seeds as [number]
    const mended = recorded(`${seed}-solve`)
    const results = mended.load.results.map((result) => ({ ...result, head: 'ok\n' }))
    const judged = verdict(seed, { ...mended, load: { ...mended.load, results } })
    expect(criterion(judged, 'app')?.status).toBe('fail')
    expect(criterion(judged, 'served')?.status).toBe('fail')
  })

  test('tells what was seen, and never what to type', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(seedOf(name), recorded(name)).criteria)
        expect(feedback).not.toMatch(/sysctl|systemctl|nft |ip route|cheat/i)
    }
  })

  test('shows where to look only to who has named the stage', () => {
    for (const seed of seeds) {
      const guess = { ...reference(seed), stage: 'accept-queue' as const }
      const { criteria } = verdict(seed, broken(seed), guess)
      const mending = criteria.filter(({ kind }) => kind === 'repair' || kind === 'behaviour')
      expect(JSON.stringify(mending)).not.toMatch(/198\.19|office0|blocked|rp_filter/)
    }
  })
})

describe('a diagnosis', () => {
  const points = (seed: number, changes: Partial<Answers>) =>
    Object.fromEntries(
      verdict(seed, recorded(`${seed}-solve`), { ...reference(seed), ...changes })
        .criteria.filter(({ kind }) => kind === 'diagnosis')
        .map(({ id, points }) => [id, points]),
    )
  const all = { stage: 10, counter: 10, value: 5, limit: 5 }

  test.each(seeds)('of seed %i may give any value that was true since the break', (seed) => {
    const { start } = proofOf(broken(seed), variantOf(seed))
    expect(points(seed, {})).toEqual(all)
    expect(points(seed, { value: Math.max(1, start ?? 0) })).toEqual(all)
    expect(points(seed, { value: 1_000_000 })).toEqual({ ...all, value: 0 })
    expect(points(seed, { value: 0 })).toEqual({ ...all, value: 0 })
  })

  test('of another stage, counter or limit earns nothing for it', () => {
    const [seed] = seeds as [number]
    expect(points(seed, { stage: 'conntrack' })).toEqual({ ...all, stage: 0 })
    expect(points(seed, { counter: 'TcpExtListenDrops' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(seed, { limit: 17 })).toEqual({ ...all, limit: 0 })
  })

  test('that names the counter of another cause earns nothing for it', () => {
    expect(points(1, { counter: 'TcpExtIPReversePathFilter' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points(2, { counter: 'NftRulePackets' })).toEqual({ ...all, counter: 0, value: 0 })
  })
})

describe('what the next boot makes of it', () => {
  const variant = variantOf(1)
  const state = (boot: string): Evidence => ({ ...broken(1), state: `@@ boot\n${boot}\n@@ end\n` })
  const main =
    '/etc/nftables.conf: type filter hook input priority filter; policy drop;\n/etc/nftables.conf: include "/etc/nftables.d/*.nft"\n'
  const element = `add element inet filter blocked { ${variant.range} }`

  test('counts what is included, and no file that was put aside', () => {
    expect(atBoot(state(`${main}/etc/nftables.d/a.nft: ${element}`), variant).obstacles).toHaveLength(1)
    expect(atBoot(state(`${main}/etc/nftables.d/a.off: ${element}`), variant).obstacles).toEqual([])
    const alone = main.split('\n')[0]
    expect(atBoot(state(`${alone}\n/etc/nftables.d/a.nft: ${element}`), variant).obstacles).toEqual([])
  })

  test('counts a route elsewhere, and none that leads where it should', () => {
    const line = (rest: string) => `/etc/network/interfaces: up ip route add ${variant.range} ${rest}`
    expect(atBoot(state(line('dev office0')), variant).obstacles).toHaveLength(1)
    expect(atBoot(state(line('via 198.18.0.1')), variant).obstacles).toEqual([])
  })

  test('knows when there is no firewall any more', () => {
    expect(atBoot(state(main), variant).filters).toBe(true)
    expect(atBoot(state(''), variant).filters).toBe(false)
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

test('a recording says the same after it was written and read, and its clients are of three groups', () => {
  for (const seed of seeds) {
    expect(parse(format(broken(seed)))).toEqual(broken(seed))
    expect(new Set(broken(seed).asked.map(({ src }) => groupOf(variantOf(seed), src))).size).toBe(3)
  }
})
