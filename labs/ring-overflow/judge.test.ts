/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { hostOf } from '../datagrams/evidence.ts'
import { volleysOf } from '../datagrams/volleys.ts'
import type { Answers, Lab } from '../schema.ts'
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
import ringOverflow from './lab.ts'
import { variantOf } from './variant.ts'

const lab = ringOverflow as Lab
const judgements = verdictsOf(lab, import.meta.dirname)
const { recorded, broken, reference, verdict } = judgements
const points = (changes: Partial<Answers>) => judgements.points(1, changes)

testJudgements(lab, judgements, {
  behaviour: 'delivered',
  unspoken: /ethtool -|sysctl -|systemctl|restart the/i,
})

describe('a broken machine', () => {
  test.each([0, 1, 2])('of seed %i lost exactly what its card counted', (seed) => {
    const { outOfBuffer, socketDrops, backlogDrops } = hostOf(broken(seed))
    const counted = (outOfBuffer.now ?? 0) - (outOfBuffer.first ?? 0)
    const { lost } = volleysOf(broken(seed))
    // A few segments of the shop's may be among what was lost.
    expect(counted).toBeGreaterThanOrEqual(lost)
    expect(counted).toBeLessThan(lost + 20)
    expect(socketDrops.now).toBe(socketDrops.first)
    expect(backlogDrops.now).toBe(0)
  })

  test('is told from one that was never broken', () => {
    expect(brokenBaseline(recorded('1-solve'), variantOf(1))).toMatchObject({
      ok: false,
      reason: /ring holds 4096/,
    })
  })
})

describe('a wrong fix', () => {
  test('that forges what the server says is seen from outside', () => {
    const judged = verdict(1, recorded('1-forged-tools'))
    expect(hostOf(recorded('1-forged-tools')).ring.rx).toBe(4096)
    expect(criterion(judged, 'ring')?.status).toBe('pass')
    expect(criterion(judged, 'delivered')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('shows where to look only to who has named the stage', () => {
    const elsewhere: Answers = { ...reference(1), stage: 'softirq' }
    const after = recorded('1-too-little')
    expect(criterion(verdict(1, after, elsewhere), 'ring')).toMatchObject({
      evidence: [],
      feedback: expect.not.stringMatching(/ring/i),
    })
    expect(criterion(verdict(1, after), 'ring')?.evidence).not.toEqual([])
  })
})

describe('a diagnosis', () => {
  test('may give any value that was true since the break, though the card counted anew since', () => {
    const { first, now } = hostOf(broken(1)).outOfBuffer
    expect(hostOf(recorded('1-solve')).outOfBuffer.now).toBe(0)
    expect(points({ value: first ?? 0 })).toEqual(all)
    expect(points({ value: now ?? 0 })).toEqual(all)
    expect(points({ value: (first ?? 0) - 1 })).toEqual({ ...all, value: 0 })
    expect(points({ value: (now ?? 0) + 1_000_000 })).toEqual({ ...all, value: 0 })
  })

  test('with another stage, counter or limit earns nothing for it', () => {
    expect(points({ stage: 'softirq' })).toEqual({ ...all, stage: 0 })
    expect(points({ counter: 'SoftnetDropped' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ counter: 'UdpRcvbufErrors' })).toEqual({ ...all, counter: 0, value: 0 })
    expect(points({ limit: 4096 })).toEqual({ ...all, limit: 2.5 })
    expect(points({ limit: 1024 })).toEqual({ ...all, limit: 0 })
  })
})

describe('the next boot', () => {
  test('is half provided for by a file that only udev reads', () => {
    const after = recorded('1-until-reboot')
    const link = '/etc/systemd/network/10-eth0.link:RxBufferSize=4096\n'
    const state = after.state.replace('@@ boot\n', `@@ boot\n${link}`)
    expect(criterion(verdict(1, { ...after, state }), 'durable')).toMatchObject({
      status: 'fail',
      points: 2.5,
      feedback: expect.stringContaining('udev'),
    })
  })

  test('counts for nothing while datagrams are lost', () => {
    expect(criterion(verdict(1, recorded('1-file-only')), 'durable')?.status).toBe('not_gradable')
  })
})

describe('a busy host', () => {
  const late = changed(recorded('1-solve'), () => ({ outcome: 'read-timeout', delivered: -1 }))

  test('gives an error, not a fail, when the collector gave no account in time', () => {
    expect(verdict(1, starved(late)).status).toBe('error')
    expect(criterion(verdict(1, quiet(late)), 'delivered')?.status).toBe('fail')
  })

  describe('on which two bursts meet in a ring that holds either', () => {
    const slow = { totalUs: 900_000, outcome: 'lost' as const }
    /** Of seed 2, whose second burst of 2,500 comes 0.8 s after the first; a ring of 4,096 lacks room for 904. */
    const met = (lost: number) =>
      changed(recorded('2-solve'), (all) => (all < 1000 ? slow : { ...slow, delivered: all - lost / 2 }))

    test('gives an error, not a fail, for what has no room then', () => {
      const judged = verdict(2, met(674))
      expect(judged.status).toBe('error')
      expect(criterion(judged, 'delivered')).toMatchObject({
        status: 'error',
        feedback: expect.stringContaining('before the last had been taken in'),
      })
    })

    test('is no excuse for more, nor for a ring that does not hold one, nor for bursts that came one by one', () => {
      expect(criterion(verdict(2, met(1_400)), 'delivered')?.status).toBe('fail')
      const small = met(674)
      const state = small.state.replaceAll(/^RX:\s+4096$/gm, 'RX: 2048')
      expect(hostOf({ ...small, state }).ring.rx).toBe(2048)
      expect(criterion(verdict(2, { ...small, state }), 'delivered')?.status).toBe('fail')
      const apart = changed(small, () => ({ totalUs: 300_000 }))
      expect(criterion(verdict(2, apart), 'delivered')?.status).toBe('fail')
    })
  })

  test('is no excuse for lost datagrams, nor for a collector that refuses', () => {
    expect(criterion(verdict(1, starved(broken(1))), 'delivered')?.status).toBe('fail')
    const refused = changed(recorded('1-solve'), () => ({ outcome: 'refused', delivered: -1 }))
    expect(criterion(verdict(1, starved(refused)), 'delivered')?.status).toBe('fail')
  })
})

test('one datagram in a hundred is granted to chance', () => {
  const after = (share: number) =>
    changed(recorded('1-solve'), (all) => ({ delivered: Math.round(all * share) }))
  expect(criterion(verdict(1, after(0.995)), 'delivered')?.status).toBe('pass')
  expect(criterion(verdict(1, after(0.98)), 'delivered')?.status).toBe('fail')
})

test('a machine that says nonsense of itself is judged from outside', () => {
  const after = { ...broken(1), state: '@@ ring\nRX: none\n@@ nic\n-1\n', counters: '' }
  const judged = verdict(1, after)
  expect(judged.status).toBe('fail')
  for (const id of ['ring', 'app', 'collector']) expect(criterion(judged, id)?.status).toBe('fail')
})
