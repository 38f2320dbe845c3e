import { describe, expect, test } from 'vitest'
import { stageIds } from '#/labs/stages.ts'
import type { CountersSecond, GuestCounters } from '#/sandbox/counters/schema.ts'
import { aSecond, quiet } from '#/sandbox/counters/second.fixture.ts'
import { beginsToLose, isFull, type MapView, mapView, momentsOf, silentFor } from './model.ts'

const nic = (outOfBuffer: number): Partial<GuestCounters> => ({
  nic: { ...(quiet.nic as NonNullable<GuestCounters['nic']>), outOfBuffer },
})
const withRing = (t: number, outOfBuffer: number) => aSecond(t, nic(outOfBuffer))
const seen = (seconds: CountersSecond[]): MapView => {
  const view = mapView(seconds)
  if (!view) throw new Error('no view')
  return view
}
const stage = (seconds: CountersSecond[], id: string) => seen(seconds).stages.find((one) => one.id === id)

describe('before the guest has answered', () => {
  test('there is no map', () => {
    expect(mapView([])).toBeNull()
    expect(mapView([{ ...aSecond(1_000), guest: null }])).toBeNull()
  })
})

describe('one reading', () => {
  test('tells how full each stage is, and no losses yet', () => {
    const { stages } = seen([aSecond(1_000)])
    expect(stages.map(({ id }) => id)).toEqual(stageIds)
    expect(stage([aSecond(1_000)], 'conntrack')).toMatchObject({
      fill: { used: 3, limit: 2_048 },
      share: 3 / 2_048,
      lost: null,
      lit: null,
      lostInWindow: null,
    })
  })
  test('of the ring only its size: nobody counts how many descriptors are taken', () => {
    expect(stage([aSecond(1_000)], 'ring')).toMatchObject({ fill: null, share: null, size: 1_024 })
    expect(stage([aSecond(1_000)], 'softirq')?.size).toBeNull()
  })
})

describe('a loss', () => {
  const burst = [withRing(1_000, 0), withRing(2_000, 40)]
  test('lights up where it happened and nowhere else', () => {
    const lit = seen(burst).stages.filter((one) => one.lit)
    expect(lit.map(({ id, lit, lost, lostInWindow }) => [id, lit, lost, lostInWindow])).toEqual([
      ['ring', 'now', 40, 40],
    ])
  })
  test('fades in ten seconds and stays counted', () => {
    const later = (t: number) => stage([...burst, withRing(t, 40)], 'ring')
    expect(later(3_000)).toMatchObject({ lit: 'recent', lost: 0, lostInWindow: 40 })
    expect(later(12_000)?.lit).toBe('recent')
    expect(later(13_000)).toMatchObject({ lit: null, lostInWindow: 40 })
  })
  test('that falls into a gap of the readings is not lost', () => {
    const gap = { ...aSecond(2_000), guest: null }
    expect(stage([withRing(1_000, 0), gap, withRing(3_000, 40)], 'ring')).toMatchObject({
      lit: 'now',
      lost: 20,
      lostInWindow: 40,
    })
  })
  test('is counted where its counter was not read at first', () => {
    const unread = aSecond(500, { nic: null })
    expect(stage([unread, ...burst], 'ring')).toMatchObject({ lit: 'now', lostInWindow: 40 })
  })
  test('of the machine before a reset is not counted for this one', () => {
    const fresh = { ...withRing(3_000, 0), generation: 1 }
    const next = { ...withRing(4_000, 2), generation: 1 }
    expect(stage([...burst, fresh, next], 'ring')).toMatchObject({ lit: 'now', lost: 2, lostInWindow: 2 })
  })
})

describe('what was lost in the window', () => {
  test('is what the firewall has counted, though it is read every fifth time', () => {
    const read = (t: number, at: number, packets: number) => {
      const rule = { table: 'filter', chain: 'input', handle: 1, packets, verdict: 'drop' as const }
      return aSecond(t, { rules: { at, list: [rule] } })
    }
    const seconds = [0, 1, 2, 3, 4].map((t) => read(t * 1000, 0, 0))
    const later = [5, 6, 7].map((t) => read(t * 1000, 5_000, 100))
    expect(stage([...seconds, ...later], 'ip')?.lostInWindow).toBe(100)
  })
  test('goes on when a counter begins anew, as after a driver was loaded again', () => {
    const again = [withRing(1_000, 500), withRing(2_000, 600), withRing(3_000, 0), withRing(4_000, 40)]
    expect(stage(again, 'ring')?.lostInWindow).toBe(140)
  })
})

describe('a guest that has fallen silent', () => {
  const burst = [withRing(1_000, 0), withRing(2_000, 40)]
  const silent = (...at: number[]) => at.map((t) => ({ ...aSecond(t), guest: null }))
  test('loses nothing that anybody knows of: no stage is lit as of this moment', () => {
    expect(stage([...burst, ...silent(3_000)], 'ring')).toMatchObject({ lit: 'recent', lostInWindow: 40 })
    expect(stage([...burst, ...silent(3_000, 60_000)], 'ring')).toMatchObject({ lit: null })
  })
  test('is told from one that is busy for a moment', () => {
    expect(silentFor(burst)).toBeNull()
    expect(silentFor([...burst, ...silent(3_000, 4_000)])).toBeNull()
    expect(silentFor([...burst, ...silent(3_000, 4_000, 7_000)])).toBe(5)
    expect(silentFor(silent(0, 60_000))).toBe(60)
    expect(silentFor([])).toBeNull()
  })
})

describe('what is said aloud', () => {
  const begun = (before: CountersSecond[] | null, now: CountersSecond[]) =>
    beginsToLose(before && seen(before), seen(now)).map(({ id }) => id)
  const quietSeconds = [withRing(1_000, 0)]
  const first = [...quietSeconds, withRing(2_000, 1)]
  const second = [...first, withRing(3_000, 2)]
  test('is that a stage begins to lose, once, and again after ten seconds of calm', () => {
    expect(begun(null, quietSeconds)).toEqual([])
    expect(begun(null, [...first, withRing(3_000, 1)])).toEqual(['ring'])
    expect(begun(quietSeconds, first)).toEqual(['ring'])
    expect(begun(first, second)).toEqual([])
    const calm = [...second, withRing(14_000, 2)]
    expect(begun(calm, [...calm, withRing(15_000, 3)])).toEqual(['ring'])
  })
})

test('a reading is worked out once, and again when its predecessor is another', () => {
  const [a, b, c] = [withRing(1_000, 0), withRing(2_000, 1), withRing(3_000, 1)]
  const [, once] = momentsOf([a, c])
  const [, again] = momentsOf([a, c])
  expect(again).toBe(once)
  const [, , late] = momentsOf([a, b, c])
  expect(late).not.toBe(once)
})

test('an accept queue holds one more than its number before it is full, a table does not', () => {
  const of = (used: number) => ({ used, limit: 8, unit: 'connections' as const })
  expect([7, 8, 9].map((used) => isFull('accept-queue', of(used)))).toEqual([false, false, true])
  expect([7, 8, 9].map((used) => isFull('conntrack', of(used)))).toEqual([false, true, true])
  expect(isFull('wire', { ...of(9), limit: null })).toBe(false)
})
