import { describe, expect, test } from 'vitest'
import { counters } from '../../labs/counters.ts'
import { type StageId, stageIds } from '../../labs/stages.ts'
import { heldByPuma, type StageNow, stagesNow } from './derive.ts'
import { isGauge, readable, reading, unread } from './readings.ts'
import type { CountersSecond, GuestCounters } from './schema.ts'
import { aSecond, quiet } from './second.fixture.ts'

function stage(id: StageId, now: CountersSecond, before: CountersSecond | null = null): StageNow {
  return stagesNow(before, now)?.find((one) => one.stage === id) as StageNow
}

const second = (t: number, guest: Partial<GuestCounters>) => aSecond(t, guest)

describe('the counters of the course', () => {
  test('are all read each second, but those that are said to take more', () => {
    const without = (id: string) => reading(id, fullGuest) === null
    expect(counters.filter(({ id }) => without(id)).map(({ id }) => id)).toEqual(unread)
  })

  test('stand at the stage that labs/counters.ts names', () => {
    for (const { stage: id, counters: found } of stagesNow(null, aSecond(0, fullGuest)) ?? [])
      expect(found.map((one) => one.id)).toEqual(
        readable.filter((one) => one.stage === id).map((one) => one.id),
      )
  })

  test('tell a rate when they grow, and none when they tell how it is now', () => {
    const before = second(0, { stack: { TcpExtListenOverflows: 3 } })
    const now = second(2_000, { stack: { TcpExtListenOverflows: 13 } })
    const found = stage('accept-queue', now, before).counters
    expect(found.find(({ id }) => id === 'TcpExtListenOverflows')).toEqual({
      ...{ id: 'TcpExtListenOverflows', value: 13, perSecond: 5 },
    })
    expect(found.find(({ id }) => id === 'ListenRecvQ')).toEqual({
      id: 'ListenRecvQ',
      value: 0,
      perSecond: null,
    })
    expect(isGauge('ListenRecvQ')).toBe(true)
  })
})

describe('a second without one before it', () => {
  test('tells how full it is and no rate', () => {
    for (const { flow, lost, counters: all } of stagesNow(null, aSecond(0)) ?? []) {
      expect([flow, lost]).toEqual([null, null])
      expect(all.every(({ perSecond }) => perSecond === null)).toBe(true)
    }
    expect(stagesNow(null, aSecond(0))?.map((one) => one.stage)).toEqual(stageIds)
  })

  test('is the first one of a new machine, and one after the clock was set back', () => {
    const now = aSecond(1_000)
    expect(stage('ring', now, { ...aSecond(0), generation: 1 }).flow).toBeNull()
    expect(stage('ring', now, aSecond(1_000)).flow).toBeNull()
    expect(stage('ring', now, aSecond(5_000)).flow).toBeNull()
    expect(stage('ring', now, { ...aSecond(0), guest: null }).flow).toBeNull()
    expect(stage('ring', now, aSecond(0)).flow).toBe(0)
  })

  test('is one whose counters went back: a rewind, or a learner who lies', () => {
    const before = second(0, { stack: { TcpPassiveOpens: 90 } })
    expect(stage('accept-queue', second(1_000, { stack: { TcpPassiveOpens: 5 } }), before).flow).toBeNull()
  })
})

test('a gap tells nothing', () => {
  expect(stagesNow(aSecond(0), { ...aSecond(1_000), guest: null })).toBeNull()
})

describe('how full', () => {
  const listener = { port: 80, recvQ: 9, sendQ: 8, connections: 17, halfOpen: 13 }
  const sockets = {
    ...quiet.sockets,
    listeners: [...(quiet.sockets?.listeners ?? []), listener],
  } as GuestCounters['sockets']

  test('the accept queue is: the fullest of all listeners, and one more than its limit when it overflows', () => {
    expect(stage('accept-queue', second(0, { sockets })).fill).toEqual({
      used: 9,
      limit: 8,
      unit: 'connections',
    })
  })

  test('the SYN queue is: against the backlog, and without cookies against three quarters of tcp_max_syn_backlog', () => {
    const limits = { ...quiet.limits, maxSynBacklog: 16 } as NonNullable<GuestCounters['limits']>
    const wide = { ...sockets, listeners: [{ ...listener, sendQ: 1_024 }] } as GuestCounters['sockets']
    const fill = (syncookies: number) =>
      stage('syn-queue', second(0, { sockets: wide, limits: { ...limits, syncookies } })).fill
    expect(fill(1)).toMatchObject({ used: 13, limit: 1_024 })
    expect(fill(0)).toMatchObject({ used: 13, limit: 13 })
  })

  test('conntrack, descriptors, threads, backlog and buffers are', () => {
    const softnet = quiet.softnet?.map((one) => ({ ...one, backlog: one.cpu === 1 ? 900 : 2 })) ?? null
    const puma = [
      { pid: 1, descriptors: 31, descriptorLimit: 32, threads: 13, workers: 8, busy: 7, stopped: 0 },
    ]
    const full = {
      ...quiet.sockets,
      fullestIn: { port: 80, used: 60, limit: 90 },
    } as GuestCounters['sockets']
    const now = second(0, { softnet, puma, sockets: full })
    expect(stage('conntrack', now).fill).toEqual({ used: 3, limit: 2_048, unit: 'entries' })
    expect(stage('epoll', now).fill).toEqual({ used: 31, limit: 32, unit: 'descriptors' })
    expect(stage('puma', now).fill).toEqual({ used: 7, limit: 8, unit: 'threads' })
    expect(stage('softirq', now).fill).toEqual({ used: 900, limit: 1_000, unit: 'packets' })
    expect(stage('socket-buffer', now).fill).toEqual({ used: 60, limit: 90, unit: 'bytes' })
  })

  test('the queue to the wire is: a shaper is compared in bytes, and mq not beside its own children', () => {
    const one = {
      handle: 0,
      parent: 1,
      packets: 9,
      dropped: 2,
      overlimits: 0,
      requeues: 0,
      backlogPackets: 5,
      backlogBytes: 7_000,
    }
    const fifo = { ...one, kind: 'pfifo', limit: { value: 10, unit: 'packets' as const } }
    const mq = { ...one, kind: 'mq', parent: 0xffffffff, limit: null }
    expect(stage('wire', second(0, { qdiscs: [mq, fifo] })).fill).toEqual({
      used: 5,
      limit: 10,
      unit: 'packets',
    })
    const tbf = { ...mq, kind: 'tbf', handle: 0x10000, limit: { value: 14_000, unit: 'bytes' as const } }
    expect(stage('wire', second(0, { qdiscs: [tbf] })).fill).toEqual({
      used: 7_000,
      limit: 14_000,
      unit: 'bytes',
    })
    const child = { ...fifo, handle: 0x80020000, parent: 0x10001 }
    expect(stage('wire', second(0, { qdiscs: [tbf, child] })).fill).toMatchObject({
      used: 5,
      unit: 'packets',
    })
    expect(reading('QdiscDropped', { ...quiet, qdiscs: [mq, fifo] })).toBe(2)
  })
})

describe('what is lost', () => {
  const lost = (id: StageId, from: Partial<GuestCounters>, to: Partial<GuestCounters>) =>
    stage(id, second(1_000, to), second(0, from)).lost

  test('in the ring, on either driver', () => {
    const nic = (change: object) => ({ nic: { ...quiet.nic, ...change } as GuestCounters['nic'] })
    expect(lost('ring', nic({ outOfBuffer: 5 }), nic({ outOfBuffer: 45 }))).toBe(40)
    const igb = { outOfBuffer: null, fifoErrors: 2 }
    expect(lost('ring', nic(igb), nic({ ...igb, fifoErrors: 4 }))).toBe(2)
  })

  test('at the listener is split between the SYN queue and the accept queue', () => {
    const from = { stack: { TcpExtListenDrops: 10, TcpExtListenOverflows: 10 } }
    const to = { stack: { TcpExtListenDrops: 25, TcpExtListenOverflows: 14 } }
    expect(lost('accept-queue', from, to)).toBe(4)
    expect(lost('syn-queue', from, to)).toBe(11)
  })

  test('by the firewall counts over the time between its own readings', () => {
    const rules = (at: number, packets: number) => ({
      rules: {
        at,
        list: [
          { table: 'inet', chain: 'in', handle: 1, packets, verdict: 'drop' as const },
          { table: 'inet', chain: 'in', handle: 2, packets: packets * 9, verdict: 'accept' as const },
        ],
      },
    })
    expect(lost('ip', rules(0, 10), rules(5_000, 60))).toBe(10)
    expect(lost('ip', rules(0, 10), rules(0, 10))).toBe(0)
  })

  test('on the wire outside the guest, whatever the guest says', () => {
    const before = aSecond(0)
    const now = { ...aSecond(1_000), wire: { toServer: 900, fromServer: 400, dropped: 7 } }
    expect(stage('wire', now, before)).toMatchObject({ flow: 400, lost: 7 })
  })
})

test('connections in Puma’s hands are those that were accepted and no worker is busy with', () => {
  const listeners = [{ port: 80, recvQ: 20, sendQ: 1_024, connections: 35, halfOpen: 0 }]
  const sockets = { ...quiet.sockets, listeners } as GuestCounters['sockets']
  const puma = [
    { pid: 1, descriptors: 31, descriptorLimit: 32, threads: 13, workers: 8, busy: 8, stopped: 0 },
  ]
  expect(heldByPuma({ ...quiet, sockets, puma })).toBe(7)
  expect(heldByPuma({ ...quiet, puma: [] })).toBeNull()
})

/** Every part there, so that what is null is not read at all. */
const fullGuest: GuestCounters = {
  ...quiet,
  nic: { ...quiet.nic, fifoErrors: 0 } as GuestCounters['nic'],
  stack: Object.fromEntries(counters.map(({ id }) => [id, 1])),
  sockets: { ...quiet.sockets, fullestIn: { port: 80, used: 0, limit: 131_072 } } as GuestCounters['sockets'],
  rules: { at: 0, list: [] },
}
