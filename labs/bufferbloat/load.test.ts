import { describe, expect, test } from 'vitest'
import { expectSound } from '../shop/sound-plans.fixture.ts'
import { atBoot, kbitOf } from './boot.ts'
import {
  backgroundEveryMs,
  backgroundPlan,
  checkPlan,
  downloads,
  groupsOf,
  lengthOf,
  probePlan,
  quietPlan,
} from './load.ts'
import { queueOf } from './queue.ts'
import { countsPackets, type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  for (const make of [
    checkPlan,
    quietPlan,
    backgroundPlan,
    (v: Variant, s: number) => probePlan(v, s, 200),
  ]) {
    expectSound(() => make(variant, seed))
  }
})

describe('the check', () => {
  const check = (seed: number) => checkPlan(variantOf(seed), seed).requests

  test('ends within nine seconds, and its downloads within six', () => {
    for (const one of seeds.flatMap(check)) {
      const endMs = one.atMs + one.totalTimeoutMs
      expect(endMs).toBeLessThanOrEqual(lengthOf(one.path) === null ? 8_100 : 5_600)
    }
  })

  test('visits the shop before the downloads and beside them', () => {
    for (const seed of seeds) {
      const groups = groupsOf(check(seed))
      const count = (group: string) => groups.filter((one) => one === group).length
      expect(check(seed)[0]).toMatchObject({ atMs: 0, path: '/' })
      expect([count('idle'), count('loaded')]).toEqual([13, 16])
      expect(count('download')).toBe(downloads(variantOf(seed)))
    }
  })

  test('asks for more than the line carries meanwhile, and for less than a small machine can hold', () => {
    for (const seed of seeds) {
      const kilobytes = check(seed).reduce((sum, { path }) => sum + (lengthOf(path) ?? 0) / 1024, 0)
      expect(kilobytes * 8).toBeGreaterThan(1.5 * 4.4 * variantOf(seed).rateKbit)
      expect(kilobytes).toBeLessThan(12_000)
    }
  })

  test('has threads of Puma to spare', () => {
    for (const seed of seeds) expect(downloads(variantOf(seed))).toBeLessThanOrEqual(30)
  })
})

test('the background leaves the line free again before it begins anew', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    const kilobits = requests.reduce((sum, { path }) => sum + (lengthOf(path) ?? 0) / 125, 0)
    expect(kilobits / variantOf(seed).rateKbit).toBeGreaterThan(1.5)
    expect(kilobits / variantOf(seed).rateKbit).toBeLessThan(2.2)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
  }
})

describe('variants', () => {
  test('of neighbouring seeds differ in cause and in place', () => {
    const twelve = seeds.slice(0, 12).map(variantOf)
    expect(new Set(twelve.map(({ cause, place }) => `${cause} ${place}`)).size).toBe(12)
    twelve.slice(1).forEach((one, i) => {
      expect(one.cause).not.toBe(twelve[i]?.cause)
      expect(one.place).not.toBe(twelve[i]?.place)
    })
  })

  test('have a limit that is far beyond what ever waits, and that tc prints as it is', () => {
    for (const { cause, limit } of seeds.map(variantOf)) {
      if (countsPackets(cause)) expect(limit).toBeGreaterThanOrEqual(3_000)
      else {
        expect(limit).toBeGreaterThanOrEqual(3_000_000)
        // print_size of iproute2 rounds to kilobytes what is within 16 bytes of one.
        expect(Math.abs(limit - 1024 * Math.round(limit / 1024))).toBeGreaterThanOrEqual(16)
      }
    }
  })
})

describe('the queue as tc tells it', () => {
  const tbf =
    '{"kind":"tbf","handle":"1:","root":true,"options":{"rate":500000},"backlog":9000,"qlen":7,"drops":2}'

  test('waits in what stands below the shaper', () => {
    const pfifo = '{"kind":"pfifo","handle":"10:","parent":"1:1","options":{"limit":5000},"qlen":7}'
    expect(queueOf(`[${tbf},${pfifo}]\n[{"class":"tbf"}]\n`)).toEqual({
      shaper: 'tbf',
      rateKbit: 4000,
      leaves: [{ kind: 'pfifo', limit: 5000 }],
      packets: 7,
      bytes: 9000,
      dropped: 2,
    })
  })

  test('has HTB’s rate from its classes, and cake’s from itself', () => {
    const htb = '{"kind":"htb","handle":"1:","root":true,"options":{}}'
    const leaf = '{"kind":"fq_codel","handle":"8001:","parent":"1:10","options":{"limit":10240}}'
    expect(queueOf(`[${htb},${leaf}]\n[{"class":"htb","rate":375000,"ceil":500000}]`)).toMatchObject({
      shaper: 'htb',
      rateKbit: 4000,
      leaves: [{ kind: 'fq_codel' }],
    })
    const cake = (bandwidth: string) =>
      queueOf(`[{"kind":"cake","handle":"1:","root":true,"options":{"bandwidth":${bandwidth}}}]\n[]`)
    expect(cake('500000')).toMatchObject({ shaper: 'cake', rateKbit: 4000, leaves: [{ kind: 'cake' }] })
    expect(cake('"unlimited"')).toMatchObject({ shaper: null, rateKbit: null })
  })

  test('is shaped by nothing where the kernel’s own queues stand', () => {
    const mq = '{"kind":"mq","handle":"0:","root":true}'
    const below = (queue: number) => `{"kind":"fq_codel","handle":"0:","parent":":${queue}"}`
    expect(queueOf(`[${mq},${below(1)},${below(2)}]\n[]`)).toMatchObject({
      shaper: null,
      rateKbit: null,
      leaves: [{ kind: 'fq_codel' }, { kind: 'fq_codel' }],
    })
  })

  test('is unknown where the server says something else', () => {
    for (const text of ['', 'Cannot find device "eth0"', '[]\n[]', '{"kind":"tbf"}', '[{"root":true}]'])
      expect(queueOf(text)).toBeNull()
  })
})

describe('what the next boot makes of it', () => {
  const read = (...boot: string[]) =>
    atBoot({ boot: boot.join('\n'), enabled: 'line.service', executable: '/etc/network/if-up.d/line' })
  const file = '/etc/network/interfaces:    post-up '
  const tbf = 'tc qdisc replace dev eth0 root handle 1: tbf rate 4mbit burst 16kb latency 50ms'

  test('is the last word of all files', () => {
    expect(read(`${file}${tbf}`)).toEqual({ rateKbit: 4000, leaves: ['fifo'] })
    const child = `${file}tc qdisc add dev eth0 parent 1:1 handle 10: pfifo limit 3000`
    expect(read(`${file}${tbf}`, child)).toEqual({ rateKbit: 4000, leaves: ['pfifo'] })
    const instead = `${file}tc qdisc replace dev eth0 parent 1:1 fq_codel`
    expect(read(`${file}${tbf}`, child, instead)).toEqual({ rateKbit: 4000, leaves: ['fq_codel'] })
    const cake = '/etc/network/if-up.d/line:/sbin/tc qdisc replace dev eth0 root cake bandwidth 3900kbit'
    expect(read(`${file}${tbf}`, child, cake)).toEqual({ rateKbit: 3900, leaves: ['cake'] })
    expect(read(`${file}${tbf}`, `${file}tc qdisc del dev eth0 root`)).toEqual({ rateKbit: null, leaves: [] })
    expect(read()).toEqual({ rateKbit: null, leaves: [] })
  })

  test('reads classes, of which the leaves are where packets wait', () => {
    const htb = [
      `${file}tc qdisc add dev eth0 root handle 1: htb default 10`,
      `${file}tc class add dev eth0 parent 1: classid 1:1 htb rate 4mbit`,
      `${file}tc class add dev eth0 parent 1:1 classid 1:10 htb rate 1mbit ceil 4mbit`,
    ]
    expect(read(...htb)).toEqual({ rateKbit: 4000, leaves: ['fifo'] })
    expect(read(...htb, `${file}tc qdisc add dev eth0 parent 1:10 fq_codel`).leaves).toEqual(['fq_codel'])
  })

  test('reads scripts with their names, where something calls them', () => {
    const script = [
      '/usr/local/sbin/line:DEV=eth0',
      '/usr/local/sbin/line:RATE="3500kbit"',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
      '/usr/local/sbin/line:tc qdisc replace dev $DEV root cake bandwidth ${RATE} || exit 1',
    ]
    expect(read(...script).rateKbit).toBeNull()
    for (const caller of [
      `${file}sh /usr/local/sbin/line`,
      '/etc/systemd/system/line.service:ExecStart=/usr/local/sbin/line',
      '/etc/systemd/system/networking.service.d/line.conf:ExecStartPost=-/bin/sh /usr/local/sbin/line',
    ]) {
      expect(read(caller, ...script)).toEqual({ rateKbit: 3500, leaves: ['cake'] })
    }
    expect(read(`${file}sh /usr/local/sbin/line-2`, ...script).rateKbit).toBeNull()
  })

  test('reads units whose command is tc itself', () => {
    const unit = '/etc/systemd/system/line.service:ExecStart=/usr/sbin/tc qdisc replace dev eth0 root cake'
    expect(read(`${unit} bandwidth 4Mbit`)).toEqual({ rateKbit: 4000, leaves: ['cake'] })
    expect(read(unit)).toEqual({ rateKbit: null, leaves: ['cake'] })
  })

  test('reads rates as tc does', () => {
    expect(['4mbit', '4000Kbit', '500kbps', '4000000', '4000000bit'].map(kbitOf)).toEqual([
      4000, 4000, 4000, 4000, 4000,
    ])
    expect(kbitOf('4Mibit')).toBeCloseTo(4194.3, 1)
    expect(kbitOf('fast')).toBeNull()
  })
})
