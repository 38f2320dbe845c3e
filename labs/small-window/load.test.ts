import { describe, expect, test } from 'vitest'
import { expectSound, nearOrFar } from '../shop/sound-plans.fixture.ts'
import { type Buffers, beginsWell, buffersAtBoot, buffersOf, hasRoom, memoryOf } from './buffers.ts'
import {
  backgroundEveryMs,
  backgroundPlan,
  bytesIn,
  checkPlan,
  groupOf,
  photographBytes,
  probePlan,
} from './load.ts'
import { type Variant, variantOf } from './variant.ts'

const seeds = Array.from({ length: 60 }, (_, seed) => seed)
const segment = 1448

test.each(seeds.slice(0, 24))('every plan of seed %i is sorted, bounded and the same each time', (seed) => {
  const variant = variantOf(seed)
  for (const make of [checkPlan, backgroundPlan, (v: Variant, s: number) => probePlan(v, s, 400)]) {
    expectSound(() => make(variant, seed), nearOrFar)
  }
})

describe('the check', () => {
  const roundMs = ({ delayMs }: Variant) => 2 * delayMs
  const isUpload = ({ path }: { path: string }) => bytesIn(path) !== null

  test('ends before a broken server can have taken any far photograph, however patient it is', () => {
    for (const seed of seeds) {
      const variant = variantOf(seed)
      const rounds = photographBytes / (3 * segment)
      for (const { atMs, totalTimeoutMs } of checkPlan(variant, seed, 2).requests) {
        expect(totalTimeoutMs).toBeLessThan(rounds * roundMs(variant))
        expect(atMs + totalTimeoutMs).toBeLessThanOrEqual(7_300)
      }
    }
  })

  test('leaves a server with room three times the round trips that doubling from ten segments takes', () => {
    for (const variant of seeds.map(variantOf)) {
      const rounds = Math.ceil(Math.log2(photographBytes / segment / 10 + 1)) + 2
      const [first] = checkPlan(variant, 0).requests
      expect(first?.totalTimeoutMs).toBeGreaterThan(3 * rounds * roundMs(variant))
    }
  })

  test('sends from far fewer packets in all than the world’s WAN holds', () => {
    const far = checkPlan(variantOf(0), 0).requests.filter((one) => groupOf(one) === 'far upload')
    const packets = far.reduce((sum, { bodyBytes = 0 }) => sum + Math.ceil(bodyBytes / segment) + 1, 0)
    expect(packets).toBeLessThan(2_000)
  })

  test('begins with a lone page, and has pages and photographs, near and far', () => {
    for (const seed of seeds) {
      const [first, ...rest] = checkPlan(variantOf(seed), seed).requests
      expect(first?.path).toBe('/')
      expect(rest.every(({ atMs }) => atMs >= 300)).toBe(true)
      const groups = rest.map(groupOf)
      const count = (group: string) => groups.filter((one) => one === group).length
      expect([count('near page'), count('far page'), count('near upload'), count('far upload')]).toEqual([
        3, 3, 3, 6,
      ])
      for (const one of rest.filter(isUpload))
        expect(one).toMatchObject({ method: 'POST', bodyBytes: photographBytes })
    }
  })
})

test('the probe asks of a broken server more than it takes in that time, and hardly anything of another', () => {
  for (const seed of seeds) {
    const variant = variantOf(seed)
    for (const patienceMs of [400, 1_000, 2_500]) {
      const { bodyBytes = 0 } = probePlan(variant, seed, patienceMs).requests[0] ?? {}
      const rounds = patienceMs / (2 * variant.delayMs)
      expect(bodyBytes).toBeGreaterThan((rounds - 1) * 3 * segment)
      expect(bodyBytes).toBeLessThan(2 ** Math.min(rounds - 1, 6) * 10 * segment)
    }
  }
})

test('the background has a far photograph on its way all the time, and never more than a broken server takes', () => {
  for (const seed of seeds) {
    const { requests } = backgroundPlan(variantOf(seed), seed)
    expect(requests.filter((one) => groupOf(one) === 'far upload')).toHaveLength(4)
    expect(requests.every(({ atMs }) => atMs < backgroundEveryMs)).toBe(true)
    expect(requests.length / (backgroundEveryMs / 1000)).toBeLessThan(1.5)
  }
})

test('variants of neighbouring seeds differ in cause and place', () => {
  const six = [0, 1, 2, 3, 4, 5].map(variantOf)
  expect(six.map(({ cause }) => cause)).toEqual(['most', 'untuned', 'socket', 'most', 'untuned', 'socket'])
  six.slice(1).forEach((one, i) => {
    expect(one.place).not.toBe(six[i]?.place)
  })
  expect(new Set(seeds.map((seed) => JSON.stringify(variantOf(seed)))).size).toBeGreaterThan(40)
  for (const { bytes } of seeds.map(variantOf)) expect(bytes % 2).toBe(0)
})

describe('the buffers of connections', () => {
  test('grow to the third number, unless nobody tunes them', () => {
    const memory = memoryOf('4096\t8192\t6291456')
    expect(buffersOf(8192, memory, true)).toEqual({ first: 8192, most: 6_291_456 })
    expect(buffersOf(8192, memory, false)).toEqual({ first: 8192, most: 8192 })
    expect(buffersOf(null, memory, true).first).toBeNull()
    expect(buffersOf(8192, memoryOf('many'), true)).toEqual({ first: 8192, most: null })
  })

  test('are enough when they begin with ten segments of window, and may have more', () => {
    const enough = (buffers: Buffers) => beginsWell(buffers) && hasRoom(buffers)
    expect(enough({ first: 131_072, most: 1_617_504 })).toBe(true)
    expect(enough({ first: 131_072, most: 131_072 })).toBe(true)
    expect(enough({ first: 8192, most: 6_291_456 })).toBe(false)
    expect(enough({ first: 65_536, most: 65_536 })).toBe(false)
    expect(enough({ first: null, most: null })).toBe(false)
  })
})

describe('the next boot', () => {
  const file = '/etc/sysctl.d/60-lean.conf: net.ipv4.'
  const up = (text: string) => [{ file: '/etc/network/interfaces', text: `up ${text}` }]

  test('takes the kernel’s own numbers where nobody says anything', () => {
    expect(buffersAtBoot('', [], '')).toEqual({ first: 131_072, most: 1_617_504 })
  })

  test('takes the last file, and what runs after the files', () => {
    const lines = `${file}tcp_rmem = 4096 8192 8192\n${file}tcp_rmem=4096\t65536\t262144\n`
    expect(buffersAtBoot(lines, [], '')).toEqual({ first: 65_536, most: 262_144 })
    const quoted = up('sysctl -qw net.ipv4.tcp_rmem="4096 7168 7168"')
    expect(buffersAtBoot(lines, quoted, '')).toEqual({ first: 7168, most: 7168 })
    expect(buffersAtBoot('', up("sysctl -w 'net.ipv4.tcp_rmem=4096 7168 9000'"), '').most).toBe(9000)
    expect(buffersAtBoot('', up('echo 4096 5000 6000 >/proc/sys/net/ipv4/tcp_rmem'), '')).toEqual({
      first: 5000,
      most: 6000,
    })
  })

  test('does not tune where it is told so', () => {
    const lines = `${file}tcp_rmem = 4096 8192 6291456\n${file}tcp_moderate_rcvbuf = 0\n`
    expect(buffersAtBoot(lines, [], '')).toEqual({ first: 8192, most: 8192 })
    expect(buffersAtBoot(lines, up('sysctl -qw net.ipv4.tcp_moderate_rcvbuf=1'), '').most).toBe(6_291_456)
  })

  test('goes by what Puma asks for, as far as it may ask', () => {
    const config = (bytes: string) => `bind 'tcp://0.0.0.0:80'\nx.setsockopt(:SOCKET, :RCVBUF, ${bytes})\n`
    expect(buffersAtBoot('', [], config('4096'))).toEqual({ first: 8192, most: 8192 })
    expect(buffersAtBoot('', [], config('1_000_000')).first).toBe(425_984)
    expect(buffersAtBoot('', [], '# RCVBUF, 4096\n').first).toBe(131_072)
    const raised = '/etc/sysctl.d/a.conf: net.core.rmem_max = 4000000\n'
    expect(buffersAtBoot(raised, [], config('1000000')).first).toBe(2_000_000)
  })
})
