/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { hostOf } from '../datagrams/evidence.ts'
import { volleysOf } from '../datagrams/volleys.ts'
import type { Answers, Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import {
  allPoints as all,
  changed,
  criterion,
  quiet,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { steeringAtBoot, steeringOf } from './evidence.ts'
import softnetBacklog from './lab.ts'
import { variantOf } from './variant.ts'

const lab = softnetBacklog as Lab

function later(before: Evidence, after: Evidence): Evidence {
  const was = hostOf(before).backlogDrops.now ?? 0
  const { first, now } = hostOf(after).backlogDrops
  const line = (value: number | null) =>
    `@@ softnet\n00000000 ${(was + (value ?? 0)).toString(16).padStart(8, '0')}`
  const moved = (text: string, value: number | null) =>
    text.replace(/@@ softnet\n(?:[0-9a-f ]+\n)+/, `${line(value)}\n`)
  return { ...after, state: moved(after.state, first), counters: moved(after.counters, now) }
}

const judgements = verdictsOf(lab, import.meta.dirname, later)
const { recorded, broken, reference, verdict } = judgements
const points = (changes: Partial<Answers>) => judgements.points(1, changes)

testJudgements(lab, judgements, { behaviour: 'delivered', unspoken: /sysctl|netdev_|rps_|systemctl/i })

describe('a broken machine', () => {
  test.each([0, 1, 2, 3])('of seed %i lost what column 2 counted, and nothing elsewhere', (seed) => {
    const { backlogDrops, socketDrops } = hostOf(broken(seed))
    const counted = (backlogDrops.now ?? 0) - (backlogDrops.first ?? 0)
    const { lost } = volleysOf(broken(seed))
    // Segments of the shop's and of this machine's own loopback wait there, too.
    expect(counted).toBeGreaterThanOrEqual(lost)
    expect(counted).toBeLessThan(lost + 40)
    expect(socketDrops.now).toBe(0)
  })

  test('is told from one that was never broken', () => {
    expect(brokenBaseline(recorded('1-solve'), variantOf(1))).toMatchObject({
      ok: false,
      reason: /holds 4000/,
    })
    expect(brokenBaseline(recorded('1-solve-unsteered'), variantOf(1))).toMatchObject({ ok: false })
  })
})

test('a right fix may leave the limit as it is where no packet is handed over', () => {
  expect(steeringOf(recorded('1-solve-unsteered'))).toEqual({ backlog: variantOf(1).backlog, isOn: false })
})

describe('a wrong fix', () => {
  test('that forges what the server says is seen from outside', () => {
    expect(steeringOf(recorded('1-forged-sysctl')).backlog).toBe(4000)
    expect(verdict(1, recorded('1-forged-sysctl')).score).toBeLessThan(60)
  })

  test('shows where to look only to who has named the stage', () => {
    const elsewhere: Answers = { ...reference(1), stage: 'ring' }
    const after = recorded('1-too-little')
    expect(criterion(verdict(1, after, elsewhere), 'queue')).toMatchObject({
      evidence: [],
      feedback: expect.not.stringMatching(/queue/i),
    })
    expect(criterion(verdict(1, after), 'queue')?.evidence).not.toEqual([])
  })
})

describe('a diagnosis', () => {
  test('may give any value that was true since the break', () => {
    const { first, now } = hostOf(broken(1)).backlogDrops
    expect(points({ value: first ?? 0 })).toEqual(all)
    expect(points({ value: now ?? 0 })).toEqual(all)
    expect(points({ value: (first ?? 0) - 1 })).toEqual({ ...all, value: 0 })
    expect(points({ value: (now ?? 0) + 100_000 })).toEqual({ ...all, value: 0 })
  })

  test('with another stage, counter or limit earns nothing for it', () => {
    expect(points({ stage: 'ring' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'RxOutOfBuffer' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ counter: 'SoftnetTimeSqueeze' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ limit: 4000 })).toEqual({ ...all, limit: 2.5 })
    expect(points({ limit: 1000 })).toEqual({ ...all, limit: 0 })
  })
})

describe('the next boot', () => {
  const after = recorded('1-until-reboot')
  const written = (lines: string) =>
    steeringAtBoot({
      ...after,
      state: `@@ boot\n${lines}\n@@ executable\n/etc/network/if-up.d/zz-steering\n@@ durable\n/etc/sysctl.d/99-a.conf: net.core.netdev_max_backlog = 7\n`,
    })
  const script = '/etc/network/if-up.d/zz-steering:'

  test('takes the files of sysctl first, and what runs with the network after them', () => {
    expect(written('')).toEqual({ backlog: 7, isOn: false })
    expect(written(`${script}echo 9 >/proc/sys/net/core/netdev_max_backlog`)).toEqual({
      backlog: 9,
      isOn: false,
    })
    expect(written(`${script}sysctl -qw net.core.netdev_max_backlog=900`)).toEqual({
      backlog: 900,
      isOn: false,
    })
  })

  test('hands packets over where a script says so and the last one does not take it back', () => {
    const loop = (mask: string) =>
      `for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo ${mask} >"$cpus"; done`
    expect(written(`${script}${loop('3')}`).isOn).toBe(true)
    expect(written(`${script}${loop('3')}\n/usr/local/sbin/off:${loop('0')}`).isOn).toBe(false)
    expect(written(`/etc/tmpfiles.d/a.conf:w /sys/class/net/eth0/queues/rx-0/rps_cpus - - - - 2`).isOn).toBe(
      true,
    )
  })

  test('counts for nothing while datagrams are lost', () => {
    expect(criterion(verdict(1, recorded('1-file-only')), 'durable')?.status).toBe('not_gradable')
  })
})

test('a busy host gives an error, not a fail, when the collector gave no account in time', () => {
  const late = changed(recorded('1-solve'), () => ({ outcome: 'read-timeout', delivered: -1 }))
  expect(verdict(1, starved(late)).status).toBe('error')
  expect(criterion(verdict(1, quiet(late)), 'delivered')?.status).toBe('fail')
  expect(criterion(verdict(1, starved(broken(1))), 'delivered')?.status).toBe('fail')
})

test('a machine that says nonsense of itself is judged from outside', () => {
  const wrong = verdict(1, { ...broken(1), state: '@@ backlog\nmany\n@@ softnet\nzz\n', counters: '' })
  expect(wrong.status).toBe('fail')
  for (const id of ['queue', 'app', 'collector']) expect(criterion(wrong, id)?.status).toBe('fail')
})
