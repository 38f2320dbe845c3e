/** The two queues against tcp_conn_request and its neighbours (6.12), and against what chapters 6 and 7 and their labs have shown. */
import { describe, expect, test } from 'vitest'
import {
  halfOpen,
  inConnect,
  mistaken,
  type QueueSettings,
  type QueueState,
  startQueues,
  stepQueues,
} from './model.ts'

const quiet: QueueSettings = {
  limit: 8,
  clients: 0,
  together: 0,
  accepts: 0,
  forged: 0,
  cookies: 1,
  synBacklog: 128,
}

function until(t: number, change: Partial<QueueSettings>, from: QueueState = startQueues()): QueueState {
  let state = from
  while (state.t < t) state = stepQueues(state, { ...quiet, ...change } as QueueSettings)
  return state
}

describe('twelve clients, one after another, a limit of 8, and nobody accepts', () => {
  const come = until(12, { clients: 10 })

  test('nine are in, three wait in connect', () => {
    expect(come.waiting).toBe(9)
    expect(inConnect(come)).toBe(3)
    expect(halfOpen(come)).toBe(0)
  })

  test('after four seconds the counters stand at twelve: packets, not clients', () => {
    const { counters } = until(42, {}, come)
    expect(counters).toEqual({ overflows: 12, drops: 12, doCookies: 0, fullDrop: 0 })
  })

  test('when Puma goes on at 12.7 s, the three are let in by the SYN that leaves at 19 s', () => {
    const stopped = until(127, {}, come)
    const before = until(198, { accepts: 100 }, stopped)
    expect([before.accepted, inConnect(before)]).toEqual([9, 3])
    expect(until(205, { accepts: 100 }, before).accepted).toBe(12)
  })
})

describe('forty clients in the same moment, and a limit of 8', () => {
  const sent = until(1, { clients: 40, together: 1 })
  const acked = until(2, { clients: 40, together: 1 }, sent)

  test('nine requests are remembered, thirty-one get a cookie, none is dropped', () => {
    expect(halfOpen(sent)).toBe(9)
    expect(sent.counters).toEqual({ overflows: 0, drops: 0, doCookies: 31, fullDrop: 0 })
  })

  test('forty ACKs come for nine places; of each of the others ACK and request are ignored', () => {
    expect(acked.waiting).toBe(9)
    expect(acked.counters.overflows).toBe(62)
    expect(acked.counters.drops).toBe(62)
    expect(mistaken(until(3, {}, acked))).toBe(31)
  })

  test('those who believe to be connected knock at +0.2, +0.4, +0.9, +1.8 and +3.6 s', () => {
    const knocks: number[] = []
    for (let state = acked; state.t < 60; ) {
      const next = stepQueues(state, quiet)
      if (next.acksIgnored > state.acksIgnored) knocks.push(state.t - 1)
      state = next
    }
    expect(knocks).toEqual([2, 4, 9, 18, 36])
  })

  test('a queue that holds them all turns nobody away', () => {
    const { counters } = until(100, { clients: 40, together: 1, limit: 64, accepts: 40 })
    expect(counters).toEqual({ overflows: 0, drops: 0, doCookies: 0, fullDrop: 0 })
  })
})

test('full is greater than: Recv-Q comes to one more than Send-Q, for every limit', () => {
  for (const limit of [0, 1, 8, 64, 128]) expect(until(300, { clients: 200, limit }).waiting).toBe(limit + 1)
})

test('a longer queue is no cure where clients come faster than they are accepted', () => {
  const overflows = (limit: number) => until(600, { clients: 60, accepts: 40, limit }).counters.overflows
  expect(overflows(1024)).toBeGreaterThan(0)
  expect(until(300, { clients: 60, accepts: 40, limit: 1024 }).counters.overflows).toBe(0)
})

describe('a flood of forged SYNs', () => {
  const flood = { forged: 170, clients: 20, accepts: 100, limit: 1024 }

  test.each([
    [16, 13],
    [21, 17],
    [128, 97],
  ])(
    'without cookies, tcp_max_syn_backlog %i remembers %i, and ListenDrops alone moves',
    (synBacklog, room) => {
      const state = until(300, { ...flood, cookies: 0, synBacklog })
      expect(halfOpen(state)).toBe(room)
      expect(state.counters.drops).toBeGreaterThan(1000)
      expect(state.counters).toMatchObject({ overflows: 0, fullDrop: 0, doCookies: 0 })
    },
  )

  test('without cookies, a listener’s limit of 51 names itself: TCPReqQFullDrop grows with ListenDrops', () => {
    const { counters } = until(300, { ...flood, limit: 51, cookies: 0, synBacklog: 1024 })
    expect(counters.fullDrop).toBeGreaterThan(1000)
    expect(counters.drops).toBe(counters.fullDrop)
  })

  test('with cookies, the count goes to the limit of 1,024 and one more, and everybody gets in', () => {
    const state = until(100, flood)
    expect(halfOpen(state)).toBe(1025)
    expect(state.counters.doCookies).toBeGreaterThan(0)
    expect(state.counters.drops).toBe(0)
    // Two for each step; those of the last two steps are still on their way.
    expect(state.accepted).toBe(2 * 98)
  })

  test('a forged request keeps its place for 63 s where there is room', () => {
    const one = until(1, { forged: 10, limit: 1024 })
    expect(halfOpen(until(630, { limit: 1024 }, one))).toBe(1)
    expect(halfOpen(until(631, { limit: 1024 }, one))).toBe(0)
  })

  test('and for 7 s once more than half of the limit is taken by old ones', () => {
    const full = until(10, { forged: 50, limit: 16 })
    expect(halfOpen(full)).toBe(17)
    expect(halfOpen(until(70, { limit: 16 }, full))).toBe(17)
    expect(halfOpen(until(80, { limit: 16 }, full))).toBeLessThan(17)
  })
})

test('nothing depends on when or how often it is computed', () => {
  const settings = { clients: 70, together: 1, accepts: 30, forged: 130 }
  expect(until(200, settings)).toEqual(until(200, settings, until(77, settings)))
})
