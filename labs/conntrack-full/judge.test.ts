/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { conntrackStat } from '../reading/conntrack.ts'
import type { Answers, Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
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
import { brokenBaseline } from './checks.ts'
import { atBoot, tablesOf } from './evidence.ts'
import conntrackFull from './lab.ts'
import { variantOf } from './variant.ts'

const lab = conntrackFull as Lab

/** Another machine than the one that was recorded broken: what it drops comes on top of what was dropped then. */
function later(before: Evidence, after: Evidence): Evidence {
  const was = tablesOf(before).end.dropped ?? 0
  const more = (text: string) =>
    text.replace(/@@ conntrack\n(.*)\n(.*)\n/, (_, head: string, cpu: string) => {
      const cells = cpu.trim().split(/\s+/)
      const column = head.trim().split(/\s+/).indexOf('drop')
      cells[column] = (Number.parseInt(cells[column] as string, 16) + was).toString(16)
      return `@@ conntrack\n${head}\n${cells.join(' ')}\n`
    })
  return { ...after, state: more(after.state), counters: more(after.counters) }
}

const judgements = verdictsOf(lab, import.meta.dirname, later)
const { names: recordings, seeds, recorded, broken, reference, verdict } = judgements

testJudgements(lab, judgements, { behaviour: 'served', unspoken: /sysctl|systemctl|notrack/i })

describe('a broken machine', () => {
  test('is told from one that was never broken, and from one without its firewall', () => {
    const [seed] = seeds as [number]
    const mended = recorded(`${seed}-solve`)
    expect(brokenBaseline(mended, variantOf(seed))).toMatchObject({ ok: false, reason: /65536/ })
    const open = { ...broken(seed), knocks: [{ src: '198.18.16.9', port: 4711, met: 'an answer' as const }] }
    expect(brokenBaseline(open, variantOf(seed))).toMatchObject({ ok: false, reason: /firewall/ })
  })
})

describe('a wrong fix', () => {
  test('that only says that the table is large is seen by the clients', () => {
    const name = recordings.find((one) => one.endsWith('forged-limit')) as string
    expect(tablesOf(recorded(name)).start.max).toBe(65_536)
    const judged = verdict(seedOf(name), recorded(name))
    expect(criterion(judged, 'served')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('shows where to look only to who has named the stage', () => {
    const [seed] = seeds as [number]
    const guess = { ...reference(seed), stage: 'accept-queue' as const }
    for (const name of [`${seed}-broken`, ...recordings.filter((one) => one.endsWith('until-reboot'))]) {
      const failed = verdict(seed, recorded(name), guess).criteria.filter(
        ({ id, status }) => (id === 'table' || id === 'durable') && status === 'fail',
      )
      expect(failed).not.toEqual([])
      expect(JSON.stringify(failed.map(({ feedback, evidence }) => [feedback, evidence]))).not.toMatch(
        /conntrack|table|entries/i,
      )
    }
  })
})

describe('a diagnosis', () => {
  const [seed] = seeds as [number]
  const points = (changes: Partial<Answers>) => judgements.points(seed, changes)

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
  const state = (durable: string, boot: string, ready = ''): Evidence => ({
    ...broken(seeds[0] as number),
    state: `@@ durable\n${durable}\n@@ boot\n${boot}\n@@ enabled\n${ready}\n@@ executable\n${ready}\n@@ end\n`,
  })

  test('is the kernel’s own where nobody says anything', () => {
    expect(atBoot(state('', ''))).toEqual({
      max: 2048,
      closedS: 120,
      untracked: false,
      isLeftUnread: false,
    })
  })

  test('is what a unit says, since it runs after the files of sysctl', () => {
    const file = '/etc/sysctl.d/99-a.conf: net.netfilter.nf_conntrack_max = 65536'
    const unit = '/etc/systemd/system/nftables.service.d/a.conf: ExecStartPost='
    expect(atBoot(state(file, '')).max).toBe(65_536)
    expect(atBoot(state(file, `${unit}/usr/sbin/sysctl -q net.netfilter.nf_conntrack_max=40`)).max).toBe(40)
    const echo = `${unit}/bin/sh -c 'echo 9000 >/proc/sys/net/netfilter/nf_conntrack_max'`
    expect(atBoot(state('', echo)).max).toBe(9000)
  })

  test('is what an interface says, since the firewall stands before there is a network', () => {
    const unit =
      '/etc/systemd/system/nftables.service.d/a.conf:ExecStartPost=sysctl -q net.netfilter.nf_conntrack_max=40'
    const up = '/etc/network/interfaces:    up sysctl -qw net.netfilter.nf_conntrack_max=65536'
    expect(atBoot(state('', `${up}\n${unit}`)).max).toBe(65_536)
    const script = '/etc/network/if-up.d/room:sysctl -qw net.nf_conntrack_max=9000'
    expect(atBoot(state('', `${unit}\n${script}`, '/etc/network/if-up.d/room')).max).toBe(9000)
    expect(atBoot(state('', `${unit}\n${script}`)).max).toBe(40)
  })

  test('is not what a unit says that nobody has enabled', () => {
    const unit = '/etc/systemd/system/room.service:ExecStart=sysctl -q net.netfilter.nf_conntrack_max=65536'
    const tmpfiles = '/etc/tmpfiles.d/room.conf:w /proc/sys/net/netfilter/nf_conntrack_max - - - - 500'
    expect(atBoot(state('', `${tmpfiles}\n${unit}`, 'room.service')).max).toBe(65_536)
    expect(atBoot(state('', `${tmpfiles}\n${unit}`)).max).toBe(500)
  })

  test('is told with the file that no boot reads', () => {
    const tonight = recorded(recordings.find((one) => one.endsWith('until-reboot')) as string)
    const line = '/etc/sysctl.conf: net.netfilter.nf_conntrack_max = 65536'
    const after = { ...tonight, state: tonight.state.replace('@@ durable\n', `@@ durable\n${line}\n`) }
    expect(criterion(verdict(seeds[0] as number, after), 'durable')).toMatchObject({
      status: 'fail',
      feedback: expect.stringMatching(/reads \/etc\/sysctl\.conf/),
    })
  })
})

test('a busy host gives an error, not a fail, when nothing was lost', () => {
  const [seed] = seeds as [number]
  const slow = late(recorded(`${seed}-solve`))
  expect(verdict(seed, starved(slow)).status).toBe('error')
  expect(verdict(seed, quiet(slow)).status).toBe('fail')
})

test('conntrack’s counters are summed over the processors, in hexadecimal', () => {
  const text = 'entries  found drop\n0000002c  00000000 0000000a\n0000002c  00000000 00000010\n'
  expect(conntrackStat(text, 'drop')).toBe(26)
  expect(conntrackStat(text, 'no such')).toBeNull()
  expect(conntrackStat('', 'drop')).toBeNull()
})
