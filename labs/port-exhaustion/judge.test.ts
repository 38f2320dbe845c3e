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

describe('what the next boot makes of it', () => {
  const at = (sections: string) => portsOf({ ...broken(1), state: `${sections}\n@@ end\n` }).atBoot
  const file = (name: string, value: string) => `/etc/sysctl.d/60-a.conf: net.ipv4.${name} = ${value}\n`

  test('is the kernel’s own where nobody says anything', () => {
    expect(at('')).toEqual({ usable: 28_232, reuse: false, keeps: false, isLeftUnread: false })
  })

  test('goes by the last line of the files', () => {
    const few = `@@ durable\n${file('ip_local_port_range', '50000 50029')}`
    expect(at(few).usable).toBe(30)
    expect(at(few + file('  ip_local_port_range', '40000\t49999')).usable).toBe(30)
    expect(at(few + file('ip_local_port_range', '40000\t49999').replace(': ', ':   ')).usable).toBe(10_000)
    const reserved = `@@ durable\n${file('ip_local_reserved_ports', '32768-60969')}`
    expect(at(reserved).usable).toBe(30)
    expect(at(`${reserved}/etc/sysctl.d/99-b.conf: net/ipv4/ip_local_reserved_ports=`).usable).toBe(28_232)
  })

  test('hears commands that run after them', () => {
    const few = `@@ durable\n${file('ip_local_port_range', '50000 50029')}@@ boot\n`
    const up = '/etc/network/interfaces:    up sysctl -qw'
    expect(at(`${few}${up} net.ipv4.ip_local_port_range="1024 65535"`).usable).toBe(64_512)
    expect(at(`${few}${up} net.ipv4.tcp_tw_reuse=1`).reuse).toBe(true)
    const tmpfiles = '/etc/tmpfiles.d/ports.conf:w /proc/sys/net/ipv4/ip_local_port_range - - - - 20000 65000'
    expect(at(few + tmpfiles).usable).toBe(45_001)
  })

  test('has the service’s files beside the commands; an old recording has them in their place', () => {
    const kept =
      '/etc/systemd/system/puma.service: EnvironmentFile=/etc/default/shop\n/etc/default/shop: SHOP_UPSTREAM_KEEPALIVE=yes\n'
    expect(at(`@@ service\n${kept}@@ boot\n`).keeps).toBe(true)
    expect(at(`@@ boot\n${kept}`).keeps).toBe(true)
  })

  test('is a pass where an interface’s own lines mend it', () => {
    const tonight = recorded('1-until-reboot')
    const durable = (sections: string) =>
      criterion(
        verdict(1, { ...tonight, state: tonight.state.replace('@@ end', `${sections}\n@@ end`) }),
        'durable',
      )
    expect(durable('')).toMatchObject({ status: 'fail' })
    const up = '/etc/network/interfaces:    up sysctl -qw net.ipv4.ip_local_reserved_ports='
    expect(durable(`@@ boot\n${up}`)).toMatchObject({ status: 'pass', points: 5 })
  })

  test('is told with the file that no boot reads', () => {
    const tonight = recorded('1-until-reboot')
    const line = '/etc/sysctl.conf: net.ipv4.ip_local_reserved_ports ='
    const state = tonight.state.replace('@@ durable\n', `@@ durable\n${line}\n`)
    const judged = criterion(verdict(1, { ...tonight, state }), 'durable')
    expect(judged).toMatchObject({
      status: 'fail',
      feedback: expect.stringMatching(/reads \/etc\/sysctl\.conf/),
    })
    expect(criterion(verdict(1, tonight), 'durable')?.feedback).not.toMatch(/sysctl/)
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
