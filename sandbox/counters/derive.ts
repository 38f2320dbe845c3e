/**
 * What the counters mean for each stage of the path: how full its queue is against its limit, what passes, what is lost. Pure; safe to import in
 * a browser. Knows no picture.
 */
import { type StageId, stages } from '../../labs/stages.ts'
import { sum } from './frame.ts'
import { interruptsByCpu, isGauge, isRefusing, leavesOf, readable, reading } from './readings.ts'
import type { CountersSecond, GuestCounters, StackCounter } from './schema.ts'

/** A queue, or what else can run out: how much is used of how much there is. `limit` null: nobody has told. */
export interface Fill {
  used: number
  limit: number | null
  unit: 'packets' | 'bytes' | 'connections' | 'descriptors' | 'threads' | 'entries'
}

/** One counter of the course. `perSecond` null: it tells how it is now, or there is nothing to compare with. */
export interface CounterNow {
  id: string
  value: number
  perSecond: number | null
}

export interface StageNow {
  stage: StageId
  fill: Fill | null
  /** What passes, by the second; null: not counted here, or nothing to compare with. */
  flow: number | null
  /** What is lost here, by the second; null as with flow. */
  lost: number | null
  counters: CounterNow[]
}

/** The stages in their order. `before` null, or of another machine: how full, but no rates. */
export function stagesNow(before: CountersSecond | null, now: CountersSecond): StageNow[] | null {
  const { guest } = now
  if (!guest) return null
  const rates = changesBetween(before, now, 'second')
  return stages.map(({ id }) => ({
    stage: id,
    fill: fills[id]?.(guest) ?? null,
    flow: rates && (flows[id]?.(rates) ?? null),
    lost: rates && (losses[id]?.(rates) ?? null),
    counters: readable
      .filter(({ stage }) => stage === id)
      .flatMap((counter) => counterNow(counter.id, guest, rates)),
  }))
}

/** How many were lost between two readings, by stage; null as with `lost`. The firewall's rules are read every fifth time: here each loss counts once. */
export function lossesBetween(
  before: CountersSecond,
  now: CountersSecond,
): (stage: StageId) => number | null {
  const changes = changesBetween(before, now, 'whole')
  return (stage) => changes && (losses[stage]?.(changes) ?? null)
}

function counterNow(id: string, guest: GuestCounters, rates: Rates | null): CounterNow[] {
  const value = reading(id, guest)
  if (value === null) return []
  return [{ id, value, perSecond: isGauge(id) ? null : (rates?.of((one) => reading(id, one)) ?? null) }]
}

// ---------------------------------------------------------------------------------------------------------------------------- rates

/** Changes, by the second or as a whole. */
interface Rates {
  /** Null when either reading lacks it, and when it went back: then the machine, or whoever is root there, began anew. */
  of(read: (guest: GuestCounters) => number | null | undefined): number | null
  stack(...names: StackCounter[]): number | null
  wire(name: keyof CountersSecond['wire']): number | null
  /** Read seldom, so that its own two moments count. */
  rules(): number | null
}

function changesBetween(
  before: CountersSecond | null,
  now: CountersSecond,
  per: 'second' | 'whole',
): Rates | null {
  const [old, fresh] = [before?.guest, now.guest]
  if (!before || !old || !fresh || before.generation !== now.generation) return null
  const seconds = (now.t - before.t) / 1000
  if (!(seconds > 0)) return null
  const rate = (
    from: number | null | undefined,
    to: number | null | undefined,
    over = seconds,
  ): number | null =>
    from == null || to == null || to < from || !(over > 0) ? null : (to - from) / (per === 'whole' ? 1 : over)
  const of: Rates['of'] = (read) => rate(read(old), read(fresh))
  return {
    of,
    stack: (...names) => total(names.map((name) => of(({ stack }) => stack?.[name]))),
    wire: (name) => rate(before.wire[name], now.wire[name]),
    rules: () =>
      old.rules && fresh.rules
        ? (rate(refused(old), refused(fresh), (fresh.rules.at - old.rules.at) / 1000) ?? 0)
        : null,
  }
}

const refused = ({ rules }: GuestCounters): number =>
  sum((rules?.list ?? []).filter(isRefusing).map(({ packets }) => packets ?? 0))

/** Of what is known; null when nothing is. */
function total(numbers: (number | null)[]): number | null {
  const known = numbers.filter((one) => one !== null)
  return known.length > 0 ? known.reduce((all, one) => all + one, 0) : null
}

const flows: Partial<Record<StageId, (rates: Rates) => number | null>> = {
  wire: ({ wire }) => wire('toServer'),
  ring: ({ of }) => of(({ link }) => link?.rxPackets),
  irq: ({ of }) => of((guest) => sum(interruptsByCpu(guest) ?? [])),
  softirq: ({ of }) => of(({ softnet }) => softnet && sum(softnet.map(({ processed }) => processed))),
  ip: ({ stack }) => stack('IpInReceives'),
  'syn-queue': ({ stack }) => stack('TcpPassiveOpens'),
  'accept-queue': ({ stack }) => stack('TcpPassiveOpens'),
  'socket-buffer': ({ stack }) => stack('TcpInSegs', 'UdpInDatagrams'),
}

const losses: Partial<Record<StageId, (rates: Rates) => number | null>> = {
  wire: (rates) => total([rates.wire('dropped'), rates.of((guest) => reading('QdiscDropped', guest))]),
  ring: ({ of }) => total([of(({ nic }) => nic?.outOfBuffer), of(({ nic }) => nic?.fifoErrors)]),
  softirq: ({ of }) => of((guest) => reading('SoftnetDropped', guest)),
  ip: (rates) =>
    total([
      rates.rules(),
      rates.stack('IpInDiscards', 'IpInHdrErrors', 'IpInAddrErrors', 'IpExtInNoRoutes', 'IpOutNoRoutes'),
      rates.stack('TcpExtIPReversePathFilter', 'IpFragFails', 'IpReasmFails'),
    ]),
  conntrack: ({ of }) =>
    total([of(({ conntrack }) => conntrack?.drop), of(({ conntrack }) => conntrack?.insertFailed)]),
  /** Every overflow of the accept queue is a drop of the listener's, too: those are the next stage's. */
  'syn-queue': ({ stack }) => {
    const [drops, overflows] = [stack('TcpExtListenDrops'), stack('TcpExtListenOverflows')]
    return drops === null || overflows === null ? null : Math.max(0, drops - overflows)
  },
  'accept-queue': ({ stack }) => stack('TcpExtListenOverflows'),
  'socket-buffer': ({ stack }) =>
    stack('TcpExtTCPRcvQDrop', 'TcpExtTCPBacklogDrop', 'TcpExtRcvPruned', 'UdpRcvbufErrors'),
}

// ---------------------------------------------------------------------------------------------------------------------------- fills

const share = ({ used, limit }: Fill): number => (limit ? used / limit : 0)

/** The fullest of several. */
const fullest = (all: Fill[]): Fill | null =>
  all.reduce<Fill | null>((best, one) => (!best || share(one) > share(best) ? one : best), null)

const fills: Partial<Record<StageId, (guest: GuestCounters) => Fill | null>> = {
  /** What waits to be sent. A limit in bytes is compared with bytes. */
  wire: (guest) =>
    fullest(
      (leavesOf(guest) ?? []).map(({ backlogPackets, backlogBytes, limit }) =>
        limit?.unit === 'bytes'
          ? { used: backlogBytes, limit: limit.value, unit: 'bytes' }
          : { used: backlogPackets, limit: limit?.value ?? null, unit: 'packets' },
      ),
    ),
  softirq: ({ softnet, limits }) =>
    fullest(
      (softnet ?? []).map(({ backlog }) => ({
        used: backlog,
        limit: limits?.netdevMaxBacklog ?? null,
        unit: 'packets',
      })),
    ),
  conntrack: ({ conntrack, limits }) =>
    conntrack && { used: conntrack.entries, limit: limits?.conntrackMax ?? null, unit: 'entries' },
  'syn-queue': (guest) =>
    fullest(
      (guest.sockets?.listeners ?? []).map(({ halfOpen, sendQ }) => ({
        used: halfOpen,
        limit: synLimit(sendQ, guest.limits),
        unit: 'connections',
      })),
    ),
  'accept-queue': ({ sockets }) =>
    fullest(
      (sockets?.listeners ?? []).map(({ recvQ, sendQ }) => ({
        used: recvQ,
        limit: sendQ,
        unit: 'connections',
      })),
    ),
  'socket-buffer': ({ sockets }) =>
    sockets?.fullestIn
      ? { used: sockets.fullestIn.used, limit: sockets.fullestIn.limit, unit: 'bytes' }
      : null,
  epoll: ({ puma }) =>
    fullest(
      (puma ?? []).map(({ descriptors, descriptorLimit }) => ({
        used: descriptors,
        limit: descriptorLimit,
        unit: 'descriptors',
      })),
    ),
  puma: ({ puma }) =>
    puma && puma.length > 0
      ? {
          used: sum(puma.map(({ busy }) => busy)),
          limit: sum(puma.map(({ workers }) => workers)),
          unit: 'threads',
        }
      : null,
}

/**
 * Connections in the handshake are counted against the listener's own limit. Without cookies tcp_conn_request also keeps the last quarter of
 * tcp_max_syn_backlog for clients that it knows, so that a stranger is refused when less than that is left (net/ipv4/tcp_input.c).
 */
function synLimit(backlog: number, limits: GuestCounters['limits']): number {
  if (limits?.syncookies !== 0 || limits.maxSynBacklog === null) return backlog
  return Math.min(backlog, limits.maxSynBacklog - (limits.maxSynBacklog >> 2) + 1)
}

/** Connections in Puma's hands that no worker is busy with: idle ones that are kept, and those that wait in its own queue. */
export function heldByPuma({ sockets, puma }: GuestCounters): number | null {
  if (!sockets || !puma || puma.length === 0) return null
  const accepted = sum(sockets.listeners.map(({ connections, recvQ }) => Math.max(0, connections - recvQ)))
  return Math.max(0, accepted - sum(puma.map(({ busy }) => busy)))
}
