/**
 * The agent's frame as typed counters. Hostile input: nothing here throws, and nothing comes out that the schema would not take. Pure; the ids
 * of the sections are those of image/PROTOCOL.md.
 */
import { count, hex, plain, sectionsOf, sum, whole, wordsOf } from './frame.ts'
import { qdiscsOf, rulesOf } from './netlink.ts'
import {
  type GuestCounters,
  mostCpus,
  mostIrqs,
  mostListeners,
  mostProcesses,
  mostQueues,
  type StackCounter,
  stackCounters,
} from './schema.ts'

type Part<K extends keyof GuestCounters> = GuestCounters[K]
type Words = string[][]

/**
 * What a frame tells, read at `t`, and for what it does not tell, because that was not due, what the reading before it has told. A source that
 * is there but empty is null: the machine does not have it.
 */
export function parseFrame(frame: Buffer, t: number, before: GuestCounters | null): GuestCounters {
  const sections = sectionsOf(frame)
  const from = <K extends keyof GuestCounters>(
    key: K,
    id: number,
    read: (bytes: Buffer) => Part<K>,
  ): Part<K> => {
    const bytes = sections.get(id)
    if (!bytes) return before?.[key] ?? (null as Part<K>)
    return bytes.length === 0 ? (null as Part<K>) : read(bytes)
  }
  const text =
    <T>(read: (words: Words) => T) =>
    (bytes: Buffer): T =>
      read(wordsOf(bytes))
  return {
    nic: from('nic', 10, text(nicOf)),
    link: from('link', 8, text(linkOf)),
    irqs: from('irqs', 9, text(irqsOf)),
    softirq: from('softirq', 4, text(softirqOf)),
    softnet: from('softnet', 3, text(softnetOf)),
    cpu: from('cpu', 5, text(cpuOf)),
    memory: from('memory', 6, text(memoryOf)),
    stack: stackOf(sections, before),
    conntrack: from('conntrack', 12, text(conntrackOf)),
    sockets: from(
      'sockets',
      13,
      text((words) => socketsOf(words, t)),
    ),
    sockstat: from('sockstat', 7, text(sockstatOf)),
    qdiscs: from('qdiscs', 11, qdiscsOf),
    puma: from('puma', 14, text(pumaOf)),
    rules: from('rules', 15, (bytes) => ({ at: t, list: rulesOf(bytes) })),
    limits: from('limits', 16, text(limitsOf)),
  }
}

// ---------------------------------------------------------------------------------------------------------------------- the card

function nicOf(words: Words): Part<'nic'> {
  const named = (pattern: RegExp): number[] =>
    words.flatMap(([name = '', value]) => (pattern.test(name) ? [count(value)] : []))
  const total = (pattern: RegExp): number | null => {
    const all = named(pattern)
    return all.length > 0 ? sum(all) : null
  }
  const [rx, rxMax, tx, txMax] = ['rx', 'rx_max', 'tx', 'tx_max'].map((name) =>
    whole(words.find(([key]) => key === name)?.[1]),
  ) as [number | null, number | null, number | null, number | null]
  const ring =
    rx === null || rxMax === null || tx === null || txMax === null ? null : { rx, rxMax, tx, txMax }
  return {
    driver: plain(words.find(([key]) => key === 'driver')?.[1] ?? '', 32),
    ring,
    outOfBuffer: total(/^pkts_rx_OOB:?$/),
    fifoErrors: total(/^rx_fifo_errors$/),
    queues: named(/^(rx_queue_\d+_packets|ucast_pkts_rx:?)$/).slice(0, mostQueues),
  }
}

/** `eth0:` may stand against its first figure, as the kernel once printed it. */
function linkOf(words: Words): Part<'link'> {
  const line = words.map((one) => one.join(' ')).find((one) => one.startsWith('eth0:'))
  if (!line) return null
  const f = line.slice('eth0:'.length).trim().split(' ').map(count)
  const at = (index: number): number => f[index] ?? 0
  return {
    rxBytes: at(0),
    rxPackets: at(1),
    rxErrors: at(2),
    rxDropped: at(3),
    rxFifo: at(4),
    txPackets: at(9),
    txBytes: at(8),
    txDropped: at(11),
  }
}

const irqsOf = (words: Words): Part<'irqs'> =>
  words.slice(0, mostIrqs).map(([, name = '', counts = '']) => ({
    name: plain(name, 32),
    perCpu: counts.split(',', mostCpus).map(count),
  }))

// ------------------------------------------------------------------------------------------------------------------- the kernel

function softirqOf(words: Words): Part<'softirq'> {
  const of = (name: string): number[] =>
    (words.find(([key]) => key === name) ?? []).slice(1, mostCpus + 1).map(count)
  return { netRx: of('NET_RX:'), netTx: of('NET_TX:') }
}

const softnetOf = (words: Words): Part<'softnet'> =>
  words.slice(0, mostCpus).map((columns, index) => {
    const column = (number: number): number => hex(columns[number - 1])
    return {
      // An absent CPU has no line, so that the lines' own numbers count where they are told.
      cpu: columns.length >= 13 ? column(13) : index,
      processed: column(1),
      dropped: column(2),
      timeSqueeze: column(3),
      receivedRps: column(10),
      flowLimit: column(11),
      backlog: column(12),
    }
  })

const cpuOf = (words: Words): Part<'cpu'> =>
  words
    .filter(([name = '']) => /^cpu\d+$/.test(name))
    .slice(0, mostCpus)
    .map(([, user, nice, system, idle, iowait, irq, softirq, steal]) => ({
      user: count(user) + count(nice),
      system: count(system),
      irq: count(irq),
      softirq: count(softirq),
      idle: count(idle) + count(iowait),
      steal: count(steal),
    }))

function memoryOf(words: Words): Part<'memory'> {
  const kb = (name: string): number => count(words.find(([key]) => key === `${name}:`)?.[1])
  return { totalKb: kb('MemTotal'), availableKb: kb('MemAvailable'), freeKb: kb('MemFree') }
}

const wanted = new Set<string>(stackCounters)

/** /proc/net/netstat and snmp: a line of names, then a line of their values. Half of the two may be due. */
function stackOf(sections: Map<number, Buffer>, before: GuestCounters | null): Part<'stack'> {
  const texts = [sections.get(1), sections.get(2)]
  if (texts.every((text) => text === undefined)) return before?.stack ?? null
  const found: Partial<Record<StackCounter, number>> = { ...before?.stack }
  for (const text of texts) {
    const words = wordsOf(text ?? Buffer.alloc(0))
    for (let line = 0; line + 1 < words.length; line += 2)
      collect(words[line] ?? [], words[line + 1] ?? [], found)
  }
  return found
}

function collect(names: string[], values: string[], into: Partial<Record<StackCounter, number>>): void {
  if (names[0] !== values[0]) return
  const group = names[0]?.replace(':', '') ?? ''
  names.forEach((name, index) => {
    const id = `${group}${name}`
    const value = whole(values[index])
    if (value !== null && wanted.has(id)) into[id as StackCounter] = value
  })
}

/** A line for each CPU in hexadecimal below the names; `entries` is the same in each. */
function conntrackOf([names = [], ...lines]: Words): Part<'conntrack'> {
  const total = (name: string): number => {
    const column = names.indexOf(name)
    return column < 0 ? 0 : sum(lines.slice(0, mostCpus).map((line) => hex(line[column])))
  }
  return {
    entries: hex(lines[0]?.[names.indexOf('entries')]),
    invalid: total('invalid'),
    insertFailed: total('insert_failed'),
    drop: total('drop'),
    earlyDrop: total('early_drop'),
  }
}

// ------------------------------------------------------------------------------------------------------------------- sockets

const stateNumbers = {
  established: 1,
  synSent: 2,
  synRecv: 3,
  finWait1: 4,
  finWait2: 5,
  closeWait: 8,
  lastAck: 9,
  listen: 10,
  closing: 11,
} as const

function socketsOf(words: Words, t: number): Part<'sockets'> {
  const lines = (name: string): string[][] =>
    words.filter(([key]) => key === name).map((line) => line.slice(1))
  const states = new Map(lines('state').map(([number, value]) => [count(number), count(value)]))
  const fullest = (way: string) => {
    const [, port, used, limit] = lines('fullest').find(([key]) => key === way) ?? []
    return port === undefined ? null : { port: portOf(port), used: count(used), limit: count(limit) }
  }
  const [recvQ, sendQ] = lines('queues')[0] ?? []
  return {
    at: t,
    listeners: lines('listen')
      .slice(0, mostListeners)
      .map(([port, waiting, limit, connections, halfOpen]) => ({
        port: portOf(port),
        recvQ: count(waiting),
        sendQ: count(limit),
        connections: count(connections),
        halfOpen: count(halfOpen),
      })),
    states: Object.fromEntries(
      Object.entries(stateNumbers).map(([name, number]) => [name, states.get(number) ?? 0]),
    ) as Record<keyof typeof stateNumbers, number>,
    recvQ: count(recvQ),
    sendQ: count(sendQ),
    fullestIn: fullest('in'),
    fullestOut: fullest('out'),
    partial: lines('more').length > 0,
  }
}

const portOf = (text: string | undefined): number => Math.min(count(text), 65_535)

function sockstatOf(words: Words): Part<'sockstat'> {
  const of = (group: string, name: string): number => {
    const line = words.find(([key]) => key === `${group}:`) ?? []
    const at = line.indexOf(name)
    return at < 0 ? 0 : count(line[at + 1])
  }
  return {
    tcpInUse: of('TCP', 'inuse'),
    orphans: of('TCP', 'orphan'),
    timeWait: of('TCP', 'tw'),
    tcpPages: of('TCP', 'mem'),
    udpInUse: of('UDP', 'inuse'),
    udpPages: of('UDP', 'mem'),
  }
}

const pumaOf = (words: Words): Part<'puma'> =>
  words
    .slice(0, mostProcesses)
    .map(([pid, descriptors, descriptorLimit, threads, workers, busy, stopped]) => ({
      pid: count(pid),
      descriptors: count(descriptors),
      descriptorLimit: count(descriptorLimit),
      threads: count(threads),
      workers: count(workers),
      busy: count(busy),
      stopped: count(stopped),
    }))

function limitsOf(words: Words): Part<'limits'> {
  const value = (name: string, index = 0): number | null =>
    whole(words.find(([key]) => key === name)?.[index + 1])
  const [first, last] = [value('ip_local_port_range'), value('ip_local_port_range', 1)]
  return {
    somaxconn: value('somaxconn'),
    maxSynBacklog: value('tcp_max_syn_backlog'),
    syncookies: value('tcp_syncookies'),
    netdevMaxBacklog: value('netdev_max_backlog'),
    netdevBudget: value('netdev_budget'),
    conntrackMax: value('nf_conntrack_max'),
    timeWaitBuckets: value('tcp_max_tw_buckets'),
    localPorts: first === null || last === null ? null : Math.max(0, last - first + 1),
    rmemMax: value('tcp_rmem', 2),
    wmemMax: value('tcp_wmem', 2),
    tcpPagesMax: value('tcp_mem', 2),
  }
}
