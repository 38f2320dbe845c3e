/**
 * The counters of the course (labs/counters.ts) in one reading, under their own names: what a learner would have read there at that moment. Pure.
 */
import { counters } from '../../labs/counters.ts'
import { sum } from './frame.ts'
import { type GuestCounters, type StackCounter, stackCounters } from './schema.ts'

type Read = (guest: GuestCounters) => number | null | undefined

const busiest = (numbers: number[] | undefined): number | null =>
  numbers && numbers.length > 0 ? Math.max(...numbers) : null
const total = (numbers: number[] | undefined): number | null => (numbers ? sum(numbers) : null)

/** eth0's interrupts of each CPU, all its queues together. */
export function interruptsByCpu({ irqs }: GuestCounters): number[] | null {
  if (!irqs || irqs.length === 0) return null
  const cpus = Math.max(...irqs.map(({ perCpu }) => perCpu.length))
  return Array.from({ length: cpus }, (_, cpu) => sum(irqs.map(({ perCpu }) => perCpu[cpu] ?? 0)))
}

/** Connections that this server has opened: those that belong to none of its listeners. */
function outgoing({ sockets }: GuestCounters): number | null {
  if (!sockets) return null
  const { states, listeners } = sockets
  const ours = sum(listeners.map(({ connections }) => connections))
  return Math.max(0, states.established + states.closeWait - ours)
}

const stack =
  (name: StackCounter): Read =>
  ({ stack }) =>
    stack?.[name]

const reads: Record<string, Read> = {
  ...Object.fromEntries(stackCounters.map((name) => [name, stack(name)])),
  RxOutOfBuffer: ({ nic }) => nic?.outOfBuffer,
  RxFifoErrors: ({ nic }) => nic?.fifoErrors,
  RxQueuePackets: ({ nic }) => busiest(nic?.queues),
  Interrupts: (guest) => busiest(interruptsByCpu(guest) ?? undefined),
  SoftirqNetRx: ({ softirq }) => busiest(softirq?.netRx),
  SoftnetDropped: ({ softnet }) => total(softnet?.map(({ dropped }) => dropped)),
  SoftnetTimeSqueeze: ({ softnet }) => total(softnet?.map(({ timeSqueeze }) => timeSqueeze)),
  /** Of all rules that drop or refuse: which of them it is, is the learner's to find. */
  NftRulePackets: ({ rules }) => total(rules?.list.filter(isRefusing).map(({ packets }) => packets ?? 0)),
  ConntrackCount: ({ conntrack }) => conntrack?.entries,
  ConntrackDrop: ({ conntrack }) => conntrack?.drop,
  ConntrackInsertFailed: ({ conntrack }) => conntrack?.insertFailed,
  SynRecvSockets: ({ sockets }) => sockets?.states.synRecv,
  ListenRecvQ: ({ sockets }) => busiest(sockets?.listeners.map(({ recvQ }) => recvQ)),
  /** Of the connection whose buffer is fullest. */
  SocketReceiveBuffer: ({ sockets }) => sockets?.fullestIn?.limit,
  QdiscBacklogPackets: (guest) => total(leavesOf(guest)?.map(({ backlogPackets }) => backlogPackets)),
  QdiscDropped: (guest) => total(leavesOf(guest)?.map(({ dropped }) => dropped)),
  OpenDescriptors: ({ puma }) => busiest(puma?.map(({ descriptors }) => descriptors)),
  BusyThreads: ({ puma }) => total(puma?.map(({ busy }) => busy)),
  UpstreamConnections: outgoing,
  TimeWaitSockets: ({ sockstat }) => sockstat?.timeWait,
}

export const isRefusing = ({ verdict }: { verdict: string }): boolean =>
  verdict === 'drop' || verdict === 'reject'

/** A classful one, such as mq or tbf, tells the sum of its children or passes on: who has children is not counted beside them. */
export function leavesOf({ qdiscs }: GuestCounters): NonNullable<GuestCounters['qdiscs']> | null {
  if (!qdiscs) return null
  const major = (handle: number) => handle >>> 16
  const isParent = (one: (typeof qdiscs)[number]) =>
    one.kind === 'mq'
      ? qdiscs.length > 1
      : qdiscs.some(
          ({ parent }) => one.handle !== 0 && major(parent) === major(one.handle) && parent !== 0xffffffff,
        )
  return qdiscs.filter((one) => !isParent(one))
}

/** Null: this machine does not have it, or it cannot be read every second (see unread). */
export function reading(id: string, guest: GuestCounters): number | null {
  return Object.hasOwn(reads, id) ? (reads[id]?.(guest) ?? null) : null
}

/**
 * Counters of the course that take more than a look: the window of each connection is in no file and no short answer of the kernel's, and errors of
 * accept4 need a trace of Puma, which would slow it down.
 */
export const unread: readonly string[] = ['SocketReceiveWindow', 'AcceptEmfile']

/** Counters that tell how it is now; all others only grow, so that their differences count. */
const now = new Set([
  'ConntrackCount',
  'SynRecvSockets',
  'ListenRecvQ',
  'SocketReceiveBuffer',
  'QdiscBacklogPackets',
  'OpenDescriptors',
  'BusyThreads',
  'UpstreamConnections',
  'TimeWaitSockets',
])

export const isGauge = (id: string): boolean => now.has(id)

export const readable = counters.filter(({ id }) => !unread.includes(id))
