/**
 * One second of a sandbox: every counter that is read in the guest, each with its source and unit, and beside it what the world has seen, under
 * the world's clock. Schema and type together; safe to import in a browser. Knows no wire format and no picture.
 *
 * Counters of the guest only grow, unless it says otherwise here; they begin anew with the machine. A guest may tell whatever it pleases: all
 * that is promised of its figures is that they are whole numbers in bounded lists.
 */
import { z } from 'zod'

const count = z.number().int().nonnegative()
const port = z.number().int().min(0).max(65535)
export const mostCpus = 16
export const mostIrqs = 16
export const mostQueues = 16
export const mostListeners = 32
export const mostQdiscs = 16
export const mostProcesses = 4
export const mostRules = 64

/** A figure for each CPU, in their order. */
const byCpu = z.array(count).max(mostCpus)
/** When a source was read that is not always read every second: unix milliseconds of the world's clock. */
const at = z.number()

/** Names of /proc/net/snmp and /proc/net/netstat, as nstat prints them, that are kept. */
export const stackCounters = [
  'IpInReceives',
  'IpInDelivers',
  'IpInDiscards',
  'IpInHdrErrors',
  'IpInAddrErrors',
  'IpOutNoRoutes',
  'IpReasmFails',
  'IpFragFails',
  'IpExtInNoRoutes',
  'IcmpInDestUnreachs',
  'TcpActiveOpens',
  'TcpPassiveOpens',
  'TcpAttemptFails',
  'TcpEstabResets',
  'TcpInSegs',
  'TcpOutSegs',
  'TcpRetransSegs',
  'TcpInErrs',
  'TcpOutRsts',
  'TcpExtSyncookiesSent',
  'TcpExtSyncookiesRecv',
  'TcpExtSyncookiesFailed',
  'TcpExtTCPReqQFullDrop',
  'TcpExtTCPReqQFullDoCookies',
  'TcpExtListenDrops',
  'TcpExtListenOverflows',
  'TcpExtIPReversePathFilter',
  'TcpExtTCPTimeouts',
  'TcpExtTCPSynRetrans',
  'TcpExtTCPRcvQDrop',
  'TcpExtTCPBacklogDrop',
  'TcpExtPruneCalled',
  'TcpExtRcvPruned',
  'TcpExtTCPToZeroWindowAdv',
  'TcpExtTCPFromZeroWindowAdv',
  'TcpExtTCPMemoryPressures',
  'TcpExtTCPAbortOnMemory',
  'UdpInDatagrams',
  'UdpNoPorts',
  'UdpRcvbufErrors',
] as const
export type StackCounter = (typeof stackCounters)[number]

/** eth0 by ethtool (`-g`, `-S`): its driver; descriptors of its rings and the most they may be; losses and packets of its queues. */
const nicSchema = z.object({
  driver: z.string().max(32),
  /** Descriptors, `ethtool -g eth0`. */
  ring: z.object({ rx: count, rxMax: count, tx: count, txMax: count }).nullable(),
  /** Packets that found no free descriptor: vmxnet3's `pkts rx OOB`, all queues. Null: this driver does not count them. */
  outOfBuffer: count.nullable(),
  /** Packets that the card itself had no room for: igb's `rx_fifo_errors`. Null: this driver does not count them. */
  fifoErrors: count.nullable(),
  /** Packets received by queue: `rx_queue_N_packets`, or vmxnet3's `ucast pkts rx` of each queue. */
  queues: z.array(count).max(mostQueues),
})

/** eth0 of /proc/net/dev: packets, and those that were lost or spoiled. */
const linkSchema = z.object({
  rxPackets: count,
  rxBytes: count,
  rxErrors: count,
  rxDropped: count,
  rxFifo: count,
  txPackets: count,
  txBytes: count,
  txDropped: count,
})

/** One interrupt of eth0: its name in /proc/interrupts and how often each CPU took it, /sys/kernel/irq/N/per_cpu_count. */
const irqSchema = z.object({ name: z.string().max(32), perCpu: byCpu })

/** /proc/softirqs: how often each CPU ran the softirq. */
const softirqSchema = z.object({ netRx: byCpu, netTx: byCpu })

/** A line of /proc/net/softnet_stat. `backlog` is the length of that CPU's queue now; all else only grows. */
const softnetSchema = z.object({
  cpu: count,
  /** Column 1: packets handled. */
  processed: count,
  /** Column 2: packets that the CPU's backlog had no room for. */
  dropped: count,
  /** Column 3: rounds that ended with work left, their budget spent. */
  timeSqueeze: count,
  /** Column 10: interrupts of other CPUs that brought packets here (RPS). */
  receivedRps: count,
  /** Column 11: packets that the flow limit has refused. */
  flowLimit: count,
  /** Column 12: packets in the backlog at this moment. */
  backlog: count,
})

/** A CPU's time in /proc/stat, in ticks of 10 ms. */
const cpuSchema = z.object({
  user: count,
  system: count,
  irq: count,
  softirq: count,
  idle: count,
  steal: count,
})

/** /proc/meminfo in kB, now. */
const memorySchema = z.object({ totalKb: count, availableKb: count, freeKb: count })

/** /proc/net/stat/nf_conntrack, summed over CPUs; `entries` is how many there are now, all else only grows. */
const conntrackSchema = z.object({
  entries: count,
  invalid: count,
  insertFailed: count,
  /** Packets dropped because no entry could be had: the table is full. */
  drop: count,
  earlyDrop: count,
})

/** A listening TCP socket by sock_diag, as `ss -lnt` shows it, now. */
const listenerSchema = z.object({
  port,
  /** Connections that wait to be accepted. */
  recvQ: count,
  /** The accept queue's limit; it is full when recvQ is larger. */
  sendQ: count,
  /** Connections of this port, established or half closed, accepted or not. The first of several listeners on a port has them all. */
  connections: count,
  /** Connections of this port whose handshake is under way (SYN_RECV). */
  halfOpen: count,
})

/** The socket whose buffer is fullest: bytes of memory used and allowed, `ss -tm`. */
const bufferSchema = z.object({ port, used: count, limit: count })

/** TCP sockets by sock_diag, now. */
const socketsSchema = z.object({
  at,
  listeners: z.array(listenerSchema).max(mostListeners),
  /** How many sockets in each state, as `ss -s` counts them; TIME_WAIT is in `sockstat`. */
  states: z.object({
    established: count,
    synSent: count,
    synRecv: count,
    finWait1: count,
    finWait2: count,
    closeWait: count,
    lastAck: count,
    listen: count,
    closing: count,
  }),
  /** Bytes in all receive queues and in all send queues. */
  recvQ: count,
  sendQ: count,
  fullestIn: bufferSchema.nullable(),
  fullestOut: bufferSchema.nullable(),
  /** There were more than 4,096 sockets: the figures are of the first ones. */
  partial: z.boolean(),
})

/** /proc/net/sockstat, now: sockets, and the memory they hold in pages of 4 KiB. */
const sockstatSchema = z.object({
  tcpInUse: count,
  orphans: count,
  timeWait: count,
  tcpPages: count,
  udpInUse: count,
  udpPages: count,
})

/** A queueing discipline of eth0, `tc -s qdisc show dev eth0`. Backlogs are now; `limit` in packets or, of tbf and bfifo, bytes. */
const qdiscSchema = z.object({
  kind: z.string().max(16),
  handle: count,
  parent: count,
  packets: count,
  dropped: count,
  overlimits: count,
  requeues: count,
  backlogPackets: count,
  backlogBytes: count,
  limit: z.object({ value: count, unit: z.enum(['packets', 'bytes']) }).nullable(),
})

/** A process of Puma, now. */
const pumaSchema = z.object({
  pid: count,
  /** Entries of /proc/PID/fd and how many there may be (RLIMIT_NOFILE). */
  descriptors: count,
  descriptorLimit: count,
  threads: count,
  /** Threads named `puma srv tp N`: as many requests can be worked on at once. */
  workers: count,
  /** Workers that wait in no futex (/proc/PID/task/N/wchan): they run, or wait for somebody else. One that sleeps in Ruby is not seen. */
  busy: count,
  /** Workers that somebody has stopped by a signal. */
  stopped: count,
})

/** A rule of the firewall that counts or drops, `nft list ruleset`; packets null: it has no counter. */
const ruleSchema = z.object({
  table: z.string().max(32),
  chain: z.string().max(32),
  handle: count,
  packets: count.nullable(),
  verdict: z.enum(['drop', 'accept', 'reject', 'other']),
})

/** The kernel's limits, /proc/sys/net, now. Null: not there, such as conntrack's before the module is. */
const limitsSchema = z.object({
  somaxconn: count.nullable(),
  maxSynBacklog: count.nullable(),
  syncookies: count.nullable(),
  netdevMaxBacklog: count.nullable(),
  netdevBudget: count.nullable(),
  conntrackMax: count.nullable(),
  timeWaitBuckets: count.nullable(),
  /** net.ipv4.ip_local_port_range: how many ports it spans. */
  localPorts: count.nullable(),
  /** The third value of tcp_rmem and tcp_wmem, bytes. */
  rmemMax: count.nullable(),
  wmemMax: count.nullable(),
  /** The third value of tcp_mem, pages. */
  tcpPagesMax: count.nullable(),
})

/** What one reading of the guest has told. Null: the machine does not have it, or it has not been read since it began. */
export const guestCountersSchema = z.object({
  nic: nicSchema.nullable(),
  link: linkSchema.nullable(),
  irqs: z.array(irqSchema).max(mostIrqs).nullable(),
  softirq: softirqSchema.nullable(),
  softnet: z.array(softnetSchema).max(mostCpus).nullable(),
  cpu: z.array(cpuSchema).max(mostCpus).nullable(),
  memory: memorySchema.nullable(),
  /** /proc/net/snmp and /proc/net/netstat. */
  stack: z.partialRecord(z.enum(stackCounters), count).nullable(),
  conntrack: conntrackSchema.nullable(),
  sockets: socketsSchema.nullable(),
  sockstat: sockstatSchema.nullable(),
  qdiscs: z.array(qdiscSchema).max(mostQdiscs).nullable(),
  puma: z.array(pumaSchema).max(mostProcesses).nullable(),
  rules: z.object({ at, list: z.array(ruleSchema).max(mostRules) }).nullable(),
  limits: limitsSchema.nullable(),
})
export type GuestCounters = z.infer<typeof guestCountersSchema>

/** What the world's clients saw in one second. Latencies in ms, null when nothing completed. */
export const worldSecondSchema = z.object({
  t: z.number(),
  started: z.number(),
  ok: z.number(),
  failed: z.number(),
  timeout: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  retrans: z.number(),
})
export type WorldSecond = z.infer<typeof worldSecondSchema>

/** Both views of one second, joined on the world's clock. */
export const countersSecondSchema = z.object({
  /** Unix milliseconds of the world's clock when the guest had answered. */
  t: z.number(),
  /** Which machine of the sandbox: a reset is the next one, and its counters begin anew. */
  generation: z.number().int().nonnegative(),
  /** How long the guest took to answer; null: it has not in time, and `guest` is a gap. */
  tookMs: z.number().nullable(),
  guest: guestCountersSchema.nullable(),
  /** The clients' seconds that ended since the reading before this one; mostly one. */
  world: z.array(worldSecondSchema).max(120),
  /** Packets on the wire, counted outside the guest: taken off it for the server, sent by the server, and those it could not hold. */
  wire: z.object({ toServer: count, fromServer: count, dropped: count }),
})
export type CountersSecond = z.infer<typeof countersSecondSchema>
