/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): broken, mended in several ways, and mended wrongly in all the ways
 * of wrong/.
 */
import { describe, expect, test } from 'vitest'
import { hostOf } from '../datagrams/evidence.ts'
import { volleysOf } from '../datagrams/volleys.ts'
import type { Answers, Lab } from '../schema.ts'
import { format, parse } from '../shop/recorded.ts'
import { changed, criterion, verdictsOf, wrongRecordings } from '../shop/verdicts.fixture.ts'
import { brokenBaseline } from './checks.ts'
import ringOverflow from './lab.ts'
import { variantOf } from './variant.ts'

const lab = ringOverflow as Lab
const { names, recorded, broken, reference, verdict } = verdictsOf(lab, import.meta.dirname)

describe('a broken machine', () => {
  test.each([0, 1, 2])('of seed %i shows its symptom and is no pass', (seed) => {
    expect(brokenBaseline(broken(seed), variantOf(seed))).toEqual({ ok: true })
    const unfixed = verdict(seed, broken(seed), null)
    expect(unfixed).toMatchObject({ status: 'fail', score: 0 })
    expect(criterion(unfixed, 'delivered')).toMatchObject({ status: 'fail', points: 0 })
  })

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

describe('a right fix', () => {
  test.each(names.filter((name) => /^\d-solve/.test(name)))('%s passes with all points', (name) => {
    expect(verdict(Number(name[0]), recorded(name))).toMatchObject({
      status: 'pass',
      score: 100,
      maxScore: 100,
    })
  })

  test('without a diagnosis loses only the diagnosis', () => {
    expect(verdict(1, recorded('1-solve'), null)).toMatchObject({ status: 'fail', score: 70 })
  })
})

describe('a wrong fix', async () => {
  const { cases, missing } = await wrongRecordings(lab, names)

  test('of every kind has been recorded', () => expect(missing).toEqual([]))

  test.each(cases)('$name fails $fails', ({ name, fails }) => {
    const judged = verdict(Number(name[0]), recorded(name))
    expect(judged.status).toBe('fail')
    expect(criterion(judged, fails)?.status).toBe('fail')
  })

  test('that forges what the server says is seen from outside', () => {
    const judged = verdict(1, recorded('1-forged-tools'))
    expect(hostOf(recorded('1-forged-tools')).ring.rx).toBe(4096)
    expect(criterion(judged, 'ring')?.status).toBe('pass')
    expect(criterion(judged, 'delivered')?.status).toBe('fail')
    expect(judged.score).toBeLessThan(60)
  })

  test('tells what was seen, and never which knob to turn', () => {
    for (const { name } of cases) {
      for (const { feedback } of verdict(Number(name[0]), recorded(name)).criteria) {
        expect(feedback).not.toMatch(/ethtool -|sysctl -|systemctl|restart the|cheat/i)
      }
    }
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
  const points = (changes: Partial<Answers>) =>
    Object.fromEntries(
      verdict(1, recorded('1-solve'), { ...reference(1), ...changes })
        .criteria.filter(({ kind }) => kind === 'diagnosis')
        .map(({ id, points }) => [id, points]),
    )
  const all = { stage: 10, counter: 10, value: 5, limit: 5 }

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
    expect(verdict(1, { ...late, stateMs: 4_000 }).status).toBe('error')
    expect(criterion(verdict(1, { ...late, stateMs: 300 }), 'delivered')?.status).toBe('fail')
  })

  test('is no excuse for lost datagrams, nor for a collector that refuses', () => {
    expect(criterion(verdict(1, { ...broken(1), stateMs: 9_000 }), 'delivered')?.status).toBe('fail')
    const refused = changed(recorded('1-solve'), () => ({ outcome: 'refused', delivered: -1 }))
    expect(criterion(verdict(1, { ...refused, stateMs: 9_000 }), 'delivered')?.status).toBe('fail')
  })
})

test('one datagram in a hundred is granted to chance', () => {
  const after = (share: number) =>
    changed(recorded('1-solve'), (all) => ({ delivered: Math.round(all * share) }))
  expect(criterion(verdict(1, after(0.995)), 'delivered')?.status).toBe('pass')
  expect(criterion(verdict(1, after(0.98)), 'delivered')?.status).toBe('fail')
})

test('a recording says the same after it was written and read', () => {
  const evidence = recorded('1-broken')
  expect(parse(format(evidence))).toEqual(evidence)
})

test('a machine that says nonsense of itself is judged from outside', () => {
  const after = { ...broken(1), state: '@@ ring\nRX: none\n@@ nic\n-1\n', counters: '' }
  const judged = verdict(1, after)
  expect(judged.status).toBe('fail')
  for (const id of ['ring', 'app', 'collector']) expect(criterion(judged, id)?.status).toBe('fail')
})
