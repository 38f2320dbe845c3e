/** Seconds as the tests need them: a quiet machine, and what is told to differ. */
import type { CountersSecond, GuestCounters } from './schema.ts'

export const quiet: GuestCounters = {
  nic: {
    driver: 'vmxnet3',
    ring: { rx: 1024, rxMax: 4096, tx: 512, txMax: 4096 },
    outOfBuffer: 0,
    fifoErrors: null,
    queues: [324, 0],
  },
  link: {
    ...{ rxPackets: 324, rxBytes: 127_898, rxErrors: 0, rxDropped: 0, rxFifo: 0 },
    ...{ txPackets: 10, txBytes: 3_244, txDropped: 0 },
  },
  irqs: [
    { name: 'eth0-rxtx-0', perCpu: [0, 12] },
    { name: 'eth0-rxtx-1', perCpu: [18, 0] },
  ],
  softirq: { netRx: [40, 27], netTx: [0, 0] },
  softnet: [0, 1].map((cpu) => ({
    ...{ cpu, processed: 100 + cpu, dropped: 0, timeSqueeze: 3 },
    ...{ receivedRps: 0, flowLimit: 0, backlog: 0 },
  })),
  cpu: [0, 1].map(() => ({ user: 711, system: 2_633, irq: 0, softirq: 155, idle: 40_690, steal: 0 })),
  memory: { totalKb: 215_272, availableKb: 137_768, freeKb: 17_152 },
  stack: {
    IpInReceives: 385,
    TcpInSegs: 68,
    TcpPassiveOpens: 5,
    TcpExtListenDrops: 0,
    TcpExtListenOverflows: 0,
  },
  conntrack: { entries: 3, invalid: 0, insertFailed: 0, drop: 0, earlyDrop: 0 },
  sockets: {
    at: 0,
    listeners: [
      { port: 8126, recvQ: 0, sendQ: 8, connections: 0, halfOpen: 0 },
      { port: 80, recvQ: 0, sendQ: 1_024, connections: 0, halfOpen: 0 },
    ],
    states: {
      ...{ established: 0, synSent: 0, synRecv: 0, finWait1: 0, finWait2: 0 },
      ...{ closeWait: 0, lastAck: 0, listen: 2, closing: 0 },
    },
    recvQ: 0,
    sendQ: 0,
    fullestIn: null,
    fullestOut: null,
    partial: false,
  },
  sockstat: { tcpInUse: 2, orphans: 0, timeWait: 0, tcpPages: 0, udpInUse: 1, udpPages: 0 },
  qdiscs: [],
  puma: [{ pid: 281, descriptors: 11, descriptorLimit: 4_096, threads: 13, workers: 8, busy: 0, stopped: 0 }],
  rules: null,
  limits: {
    ...{ somaxconn: 4_096, maxSynBacklog: 128, syncookies: 1, netdevMaxBacklog: 1_000, netdevBudget: 300 },
    ...{ conntrackMax: 2_048, timeWaitBuckets: 1_024, localPorts: 28_232, rmemMax: 1_617_504 },
    ...{ wmemMax: 1_617_504, tcpPagesMax: 4_734 },
  },
}

export const aSecond = (t: number, guest: Partial<GuestCounters> = {}): CountersSecond => ({
  t,
  generation: 0,
  tookMs: 3.5,
  guest: { ...quiet, ...guest },
  world: [
    { t: Math.floor(t / 1000), started: 2, ok: 2, failed: 0, timeout: 0, p50Ms: 9, p95Ms: 12, retrans: 0 },
  ],
  wire: { toServer: 500, fromServer: 400, dropped: 0 },
})
