/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/. The recordings were made by hand; how is said in notes.md.
 */
import { describe, expect, test } from 'vitest'
import type { Answers, Lab } from '../schema.ts'
import { clientsOf, trueHead } from '../shop/clients.ts'
import { later } from '../shop/later.fixture.ts'
import { serverOf } from '../shop/server.ts'
import {
  allPoints as all,
  criterion,
  late,
  quiet,
  starved,
  testJudgements,
  verdictsOf,
} from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import { atBoot, queueOf } from './evidence.ts'
import acceptQueue from './lab.ts'
import { variantOf } from './variant.ts'

const lab = acceptQueue as Lab

const judgements = verdictsOf(lab, import.meta.dirname, later)
const { recorded, broken, reference, verdict } = judgements
const points = (changes: Partial<Answers>) => judgements.points(0, changes)

testJudgements(lab, judgements, {
  behaviour: 'served',
  unspoken: /sysctl -|systemctl|restart|backlog=/i,
})

test('a machine that was never broken is told with what is wrong', () => {
  expect(brokenBaseline(recorded('0-solve'), variantOf(0))).toMatchObject({
    ok: false,
    reason: /limit is 1024/,
  })
})

describe('a wrong fix', () => {
  test('that forges what the server says is seen by the clients', () => {
    expect(queueOf(recorded('0-forged-tools')).limit).toBe(4096)
    const judged = verdict(0, recorded('0-forged-tools'))
    expect(criterion(judged, 'queue')?.status).toBe('pass')
    expect(criterion(judged, 'served')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })
})

describe('a diagnosis', () => {
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
    expect(criterion(judged, 'counter')).toMatchObject({ status: 'fail', points: 5 })
    expect(criterion(judged, 'value')).toMatchObject({ status: 'pass', points: 5 })
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

describe('what the next boot makes of it', () => {
  const tonight = recorded('0-until-reboot')
  const withSections = (sections: string) => ({
    ...tonight,
    state: tonight.state.replace('@@ end', `${sections}\n@@ end`),
  })
  const durable = (sections: string) => criterion(verdict(0, withSections(sections)), 'durable')

  test('goes by the smaller of what is allowed and what is asked for', () => {
    expect(atBoot(withSections('@@ durable\n'))).toEqual({ limit: 1024, isLeftUnread: false })
    expect(atBoot(withSections('@@ durable\n/etc/sysctl.d/a.conf:   net.core.somaxconn=64')).limit).toBe(64)
    expect(atBoot(withSections('@@ durable\n@@ puma.rb\nbind "tcp://0.0.0.0:80?backlog=24"\n')).limit).toBe(
      24,
    )
  })

  test.each([
    [
      'an interface’s own lines',
      '@@ boot\n/etc/network/interfaces:    up sysctl -qw net.core.somaxconn=4096',
    ],
    ['tmpfiles', '@@ boot\n/etc/tmpfiles.d/a.conf:w /proc/sys/net/core/somaxconn - - - - 4096'],
    [
      'a unit of its own',
      '@@ boot\n/etc/systemd/system/a.service:ExecStart=/usr/sbin/sysctl -w net.core.somaxconn=4096\n@@ enabled\na.service',
    ],
    [
      'a script',
      "@@ boot\n/etc/rc.local:echo '4096' >/proc/sys/net/core/somaxconn\n@@ executable\n/etc/rc.local",
    ],
  ])('is a pass where %s mend it', (_, sections) => {
    expect(durable('')).toMatchObject({ status: 'fail' })
    expect(durable(sections)).toMatchObject({ status: 'pass', points: 5 })
  })

  test('is a pass where Puma’s unit asks for more than its file', () => {
    const file = '@@ durable\n@@ puma.rb\nbind "tcp://0.0.0.0:80?backlog=9"\n'
    const unit =
      '/etc/systemd/system/puma.service.d/a.conf:ExecStart=/srv/shop/bin/puma -b tcp://0.0.0.0:80?backlog=2048'
    expect(durable(file)).toMatchObject({ status: 'fail' })
    expect(durable(`${file}@@ boot\n${unit}`)).toMatchObject({ status: 'pass' })
  })

  test('is not what stands in the file that no boot reads, and that is said', () => {
    const file =
      '@@ durable\n/etc/sysctl.conf: net.core.somaxconn = 4096\n/etc/sysctl.d/60-a.conf: net.core.somaxconn = 9'
    expect(durable(file)).toMatchObject({
      status: 'fail',
      feedback: expect.stringMatching(/reads \/etc\/sysctl\.conf/),
    })
    expect(durable('')?.feedback).not.toMatch(/sysctl/)
  })
})

test('no failed criterion shows where to look to who has not named the stage', () => {
  for (const name of ['0-abort-on-overflow', '0-until-reboot', '0-too-little'])
    for (const answers of [null, { ...reference(0), stage: 'syn-queue' as const }]) {
      const shown = verdict(0, recorded(name), answers).criteria.filter(
        ({ id, status }) => id === 'clients' || (id !== 'stage' && status === 'fail'),
      )
      expect(JSON.stringify(shown)).not.toMatch(/full queue|listener|somaxconn|abort_on/i)
    }
  expect(criterion(verdict(0, recorded('0-abort-on-overflow')), 'clients')?.evidence).toHaveLength(3)
})

describe('a busy host', () => {
  test('gives an error, not a fail, when nothing was lost and only the time was up', () => {
    const after = late(recorded('0-solve'))
    expect(criterion(verdict(0, starved(after)), 'served')?.status).toBe('error')
    expect(verdict(0, starved(after)).status).toBe('error')
    expect(criterion(verdict(0, quiet(after)), 'served')?.status).toBe('fail')
  })

  test('is no excuse for lost segments', () => {
    expect(criterion(verdict(0, starved(broken(0))), 'served')?.status).toBe('fail')
  })
})

test('segments sent again are counted by connection where the world can tell', () => {
  const mended = recorded('0-solve')
  const results = mended.load.results.map((result, i) => ({ ...result, retransmits: i === 3 ? 2 : 0 }))
  const after = {
    ...mended,
    load: { ...mended.load, results, netstat: { ...mended.load.netstat, retransSegs: 40 } },
  }
  expect(clientsOf(after).retransmitted).toBe(2)
  expect(criterion(verdict(0, after), 'served')?.status).toBe('pass')
})

test('a machine that says nonsense of itself is judged by its clients', () => {
  const after = { ...broken(0), state: '@@ listeners\nno such thing\n@@ somaxconn\n-1\n', counters: '' }
  const judged = verdict(0, after)
  expect(judged.status).toBe('fail')
  expect(criterion(judged, 'queue')?.status).toBe('fail')
  expect(criterion(judged, 'app')?.status).toBe('fail')
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
