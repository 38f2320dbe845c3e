/** What is done with a machine, from what is known of it. */
import { describe, expect, test } from 'vitest'
import { type Facts, keptUntil, latestEnd, nextStep } from './life.ts'

const minute = 60_000
const now = Date.parse('2026-01-01T12:00:00Z')
const limits = { extendMinutes: 60, longestMinutes: 240 }
const life = (startedAgo: number, left: number) => ({
  startedAt: now - startedAgo * minute,
  expiresAt: now + left * minute,
  limits,
})
const left = (until: number) => (until - now) / minute

describe('the deadline', () => {
  test('is as far away as an extension after a sign of life, and no nearer than before', () => {
    expect(left(keptUntil(life(100, 20), now))).toBe(60)
    expect(left(keptUntil(life(0, 120), now))).toBe(120)
  })

  test('is the same however often it is extended at once', () => {
    const once = keptUntil(life(100, 20), now)
    expect(keptUntil({ ...life(100, 20), expiresAt: once }, now)).toBe(once)
  })

  test('goes up to the longest time and no further', () => {
    expect(left(keptUntil(life(200, 20), now))).toBe(40)
    expect(left(keptUntil(life(239, 1), now))).toBe(1)
    expect(left(latestEnd(life(200, 20)))).toBe(40)
  })

  test('that was promised under other limits is kept', () => {
    expect(left(keptUntil(life(300, 30), now))).toBe(30)
    expect(left(latestEnd(life(300, 30)))).toBe(30)
  })
})

describe('a machine', () => {
  const idle: Facts = {
    now,
    expiresAt: now + 30 * minute,
    ready: true,
    asleep: false,
    busy: false,
    frozen: false,
    watched: false,
    lastSign: now - 10 * minute,
    suspendMs: 10 * minute,
  }

  test('that was handed in stands still, whoever looks, and also where machines never sleep', () => {
    const handedIn = { ...idle, frozen: true, watched: true, lastSign: now, suspendMs: 0 }
    expect(nextStep(handedIn)).toBe('suspend')
    expect(nextStep({ ...handedIn, busy: true })).toBe('nothing')
  })

  test('that nobody looked at for a while sleeps, and not a moment sooner', () => {
    expect(nextStep(idle)).toBe('suspend')
    expect(nextStep({ ...idle, lastSign: idle.lastSign + 1 })).toBe('nothing')
  })

  test.each([
    ['is watched', { watched: true }],
    ['is being checked or measured', { busy: true }],
    ['is not there', { ready: false }],
    ['sleeps already', { asleep: true }],
    ['is never to sleep', { suspendMs: 0 }],
  ])('that %s is left alone', (_, facts) => {
    expect(nextStep({ ...idle, ...facts })).toBe('nothing')
  })

  test.each([{ asleep: true }, { watched: true }, { ready: false }])(
    'ends when its time is over: %o',
    (facts) => {
      expect(nextStep({ ...idle, ...facts, expiresAt: now })).toBe('end')
    },
  )

  test('that is being checked when its time is over ends a little later, in any case', () => {
    expect(nextStep({ ...idle, busy: true, expiresAt: now })).toBe('nothing')
    expect(nextStep({ ...idle, busy: true, expiresAt: now - 2 * minute })).toBe('end')
  })
})
