/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt, by `lab record`): broken, mended in several ways, and mended wrongly
 * in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { later } from '../shop/later.fixture.ts'
import {
  allPoints as all,
  criterion,
  late,
  quiet,
  seedOf,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline, proofOf } from './checks.ts'
import { atBoot, heardOf, queueOf } from './evidence.ts'
import synFlood from './lab.ts'
import { variantOf } from './variant.ts'

const lab = synFlood as Lab
const judgements = verdictsOf(lab, import.meta.dirname, later)
const { names, seeds, recorded, broken, verdict, points } = judgements

testJudgements(lab, judgements, {
  behaviour: 'served',
  unspoken: /sysctl|systemctl|backlog=|syncookies/i,
})

describe('a broken machine', () => {
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
    expect(criterion(verdict(seed, broken(seed), null), 'queue')?.evidence).toEqual([])
    expect(criterion(verdict(seed, broken(seed)), 'queue')?.evidence).not.toEqual([])
    const baseline = (answers?: null) =>
      criterion(verdict(seed, broken(seed), answers), 'broken')?.evidence.map(({ label }) => label)
    expect(baseline(null)).toEqual(['Clients without an answer'])
    expect(baseline()).toEqual(['Clients without an answer', 'Forged requests meanwhile'])
  })
})

describe('a wrong fix', () => {
  test('that makes the flood unheard makes the clients happy, and costs points all the same', () => {
    for (const name of names.filter((one) => /block-range|no-way-back/.test(one))) {
      const one = verdict(seedOf(name), recorded(name))
      expect(criterion(one, 'served')?.status).toBe('pass')
      expect(criterion(one, 'queue')?.status).toBe('fail')
      expect(criterion(one, 'clients')?.status).toBe('fail')
    }
  })

  test('that forges its setting is seen by the clients', () => {
    const name = names.find((one) => one.endsWith('forged-setting')) as string
    expect(queueOf(recorded(name)).cookies).toBe(1)
    const one = verdict(seedOf(name), recorded(name))
    expect(criterion(one, 'served')?.status).toBe('fail')
    expect(one.score).toBeLessThan(60)
  })
})

describe('a diagnosis', () => {
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
  const slow = late(recorded(`${seed}-solve`))
  expect(verdict(seed, starved(slow)).status).toBe('error')
  expect(verdict(seed, quiet(slow)).status).toBe('fail')
})

test('a machine that says nonsense of itself is judged by its clients, and cannot speak for the world', () => {
  const [seed] = seeds as [number]
  const was = broken(seed)
  const outside = was.counters.slice(was.counters.lastIndexOf('@@ outside'))
  const after = { ...was, state: '@@ cookies\n\u0000\n@@ end\n', counters: `@@ outside\n0 0 0\n${outside}` }
  expect(heardOf(after, variantOf(seed)).forged).toBe(heardOf(was, variantOf(seed)).forged)
  const one = verdict(seed, after)
  expect(one.status).toBe('fail')
  expect(criterion(one, 'queue')?.status).toBe('fail')
  expect(criterion(one, 'app')?.status).toBe('fail')
})
