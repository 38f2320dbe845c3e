/** The rate that a server is set to, and the one that its clients get; and what the next boot makes of its queues. On recordings, changed by hand. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { criterion, verdictsOf } from '../shop/verdicts.fixture.ts'
import { downloadsOf } from './evidence.ts'
import bufferbloat from './lab.ts'
import { groupsOf } from './load.ts'
import { variantOf } from './variant.ts'

const { names, seeds, recorded, reference, verdict } = verdictsOf(bufferbloat as Lab, import.meta.dirname)
const [seed] = seeds as [number]
const { rateKbit } = variantOf(seed)
const mended = recorded(`${seed}-solve`)
const status = (evidence: Evidence, id: string) => criterion(verdict(seed, evidence), id)?.status

describe('the rate of the line', () => {
  /** As if the server were set to so much of it, now and in its files. */
  const setTo = (share: number): Evidence => {
    const kbit = Math.round(share * rateKbit)
    return {
      ...mended,
      state: mended.state.replace(`rate ${rateKbit}kbit`, `rate ${kbit}kbit`),
      counters: mended.counters.replaceAll(`"rate":${125 * rateKbit}`, `"rate":${125 * kbit}`),
    }
  }
  /** As if the downloads had got so much of it. */
  const got = (share: number): Evidence => {
    const factor = (share * rateKbit) / 1000 / downloadsOf(mended).mbit
    const groups = groupsOf(mended.asked)
    const results = mended.load.results.map((one, i) =>
      groups[i] === 'download' ? { ...one, bytes: Math.round(factor * one.bytes) } : one,
    )
    return { ...mended, load: { ...mended.load, results } }
  }

  test('may not be exceeded, by a tenth either', () => {
    const faster = setTo(1.1)
    expect(verdict(seed, faster).status).toBe('fail')
    for (const id of ['queue', 'durable', 'contract']) expect(status(faster, id), id).toBe('fail')
    expect(status(faster, 'prompt')).toBe('pass')
    expect(criterion(verdict(seed, faster), 'contract')?.feedback).toMatch(/up to 3025 kbit\/s into a line/)
  })

  test('may be rounded, and kept a little below', () => {
    for (const share of [0.85, 0.95, 1.005]) expect(verdict(seed, setTo(share)).score, `${share}`).toBe(100)
    for (const id of ['queue', 'durable']) expect(status(setTo(0.8), id), id).toBe('fail')
  })

  test('is measured generously', () => {
    expect(['queue', 'contract'].map((id) => status(got(1.03), id))).toEqual(['pass', 'pass'])
    expect(status(got(1.08), 'contract')).toBe('fail')
    expect(status(got(0.77), 'contract')).toBe('pass')
    expect(status(got(0.7), 'contract')).toBe('fail')
  })

  test('is named to whoever gives it up and has not named the stage; what waits does not wait any more', () => {
    const name = names.find((one) => one.endsWith('-no-shaper')) as string
    const guess = { ...reference(seed), stage: 'puma' as const }
    const of = (evidence: Evidence) => criterion(verdict(seed, evidence, guess), 'queue')?.feedback
    expect(of(recorded(name))).toMatch(/prompt now, but the server no longer keeps to the rate of its line/)
    const silent = { ...mended, counters: mended.counters.replace(/(@@ qdisc\n)[^@]*/, '$1\n') }
    expect(of(silent)).toMatch(/prompt now, but the server did not tell/)
    expect(of(recorded(`${seed}-broken`))).toMatch(/is still in place/)
  })
})

describe('what stands after the next boot', () => {
  const htb = [
    'tc qdisc replace dev eth0 root handle 1: htb default 10',
    `tc class add dev eth0 parent 1: classid 1:10 htb rate ${rateKbit}kbit`,
  ]
  /** As if these queues stood below HTB now, and these commands in a file. */
  const standing = (below: object[], ...more: string[]): Evidence => {
    const now = [{ kind: 'htb', handle: '1:', root: true, options: {} }, ...below]
    const classes = [{ class: 'htb', rate: 125 * rateKbit, ceil: 125 * rateKbit }]
    const lines = [...htb, ...more].map((line) => `/etc/network/interfaces:    post-up ${line}\n`)
    return {
      ...mended,
      state: mended.state
        .replace(/@@ boot\n/, `@@ boot\n${lines.join('')}`)
        .replaceAll(/.* tbf .*\n|.*fq_codel\n/g, ''),
      counters: mended.counters.replace(
        /(@@ qdisc\n)[^@]*/,
        `$1${JSON.stringify(now)}\n${JSON.stringify(classes)}\n`,
      ),
    }
  }

  test('is the same where nobody names a FIFO and the kernel does', () => {
    const pfifo = { kind: 'pfifo', handle: '0:', parent: '1:10', options: { limit: 1000 } }
    expect(status(standing([pfifo]), 'durable')).toBe('pass')
    const sfq = { kind: 'sfq', handle: '8001:', parent: '1:10', options: { limit: 127 } }
    expect(status(standing([sfq]), 'durable')).toBe('fail')
  })

  test('is the same where a queue has further ones below it', () => {
    const prio = { kind: 'prio', handle: '20:', parent: '1:10', options: {} }
    const bands = ['20:1', '20:2'].map((parent) => ({
      kind: 'fq_codel',
      handle: '8001:',
      parent,
      options: {},
    }))
    const command = 'tc qdisc add dev eth0 parent 1:10 handle 20: prio'
    expect(status(standing([prio, ...bands], command), 'durable')).toBe('pass')
  })
})
