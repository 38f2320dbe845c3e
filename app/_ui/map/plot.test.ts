import { describe, expect, test } from 'vitest'
import type { GuestCounters } from '#/sandbox/counters/schema.ts'
import { aSecond, quiet } from '#/sandbox/counters/second.fixture.ts'
import { momentsOf } from './model.ts'
import { linePath, seriesOf } from './plot.ts'

const area = { left: 0, top: 0, width: 120, height: 100 }
const queue = (t: number, recvQ: number) =>
  aSecond(t, {
    sockets: {
      ...(quiet.sockets as NonNullable<GuestCounters['sockets']>),
      listeners: [{ port: 80, recvQ, sendQ: 8, connections: recvQ, halfOpen: 0 }],
    },
  })

describe('a stage with a queue', () => {
  const series = seriesOf(momentsOf([queue(1_000, 0), queue(2_000, 9)]), 'accept-queue')
  test('is drawn by what waits, against its limit', () => {
    expect(series).toMatchObject({
      of: 'fill',
      points: [
        { t: 1, v: 0 },
        { t: 2, v: 9 },
      ],
      limit: 8,
    })
    expect(series.top).toBeCloseTo(9.9)
  })
  test('that is nearly empty is drawn large: the limit is out of sight', () => {
    expect(seriesOf(momentsOf([aSecond(1_000)]), 'conntrack')).toMatchObject({ limit: 2_048, top: 5 })
  })
})

test('a stage without one is drawn by what passes', () => {
  const link = quiet.link as NonNullable<GuestCounters['link']>
  const seconds = [aSecond(1_000), aSecond(2_000, { link: { ...link, rxPackets: link.rxPackets + 30 } })]
  expect(seriesOf(momentsOf(seconds), 'ring')).toMatchObject({
    of: 'flow',
    points: [{ t: 2, v: 30 }],
    limit: null,
  })
})

test('losses are kept apart from the line', () => {
  const nic = quiet.nic as NonNullable<GuestCounters['nic']>
  const seconds = [
    aSecond(1_000),
    aSecond(2_000, { nic: { ...nic, outOfBuffer: 30 } }),
    aSecond(3_000, { nic: { ...nic, outOfBuffer: 30 } }),
  ]
  expect(seriesOf(momentsOf(seconds), 'ring')).toMatchObject({ lost: [{ t: 2, v: 30 }], lostTop: 50 })
})

test('the line ends where readings are missing, and begins anew after them', () => {
  const points = [1, 2, 10, 11].map((t) => ({ t, v: 5 }))
  expect(linePath(points, area, 120, 10)).toBe('M1.0 50.0L2.0 50.0M10.0 50.0L11.0 50.0')
})
