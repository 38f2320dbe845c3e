/** What stands beside the stages of the path. `limit` and `look` are what one types or reads on the server. */

import type { StageId } from '#/labs/stages.ts'
import { texts } from '../language.ts'

interface StageText {
  note: string
  limit?: string
  look: string
}

const stages: Record<StageId, StageText> = {
  wire: {
    note: 'A frame arrives as voltage or light. Nobody on this machine knows of it yet.',
    look: 'ip -s -s link show eth0',
  },
  ring: {
    note: 'The card writes the frame into memory by itself, at the next free descriptor of a ring. No free descriptor, no frame.',
    limit: 'ethtool -g eth0',
    look: 'ethtool -S eth0',
  },
  irq: {
    note: 'One interrupt says that there is work. It does none of it: it wakes the poll and is switched off until the ring is empty.',
    limit: 'smp_affinity',
    look: '/proc/interrupts',
  },
  softirq: {
    note: 'NET_RX takes frames out of the ring in batches, with a budget per round, on the core that was interrupted.',
    limit: 'netdev_budget, netdev_max_backlog',
    look: '/proc/net/softnet_stat',
  },
  ip: {
    note: 'Is it for us, may it pass, which way back? Every rule of the firewall is asked here.',
    limit: 'nft list ruleset',
    look: 'nstat -az',
  },
  conntrack: {
    note: 'A stateful rule needs a memory: one entry per flow, in a table that has an end.',
    limit: 'nf_conntrack_max',
    look: 'conntrack -S',
  },
  'syn-queue': {
    note: 'A client has knocked. Until its second word arrives the connection is half open, and counts against the listener.',
    limit: 'listen(), net.core.somaxconn',
    look: 'ss -tn state syn-recv',
  },
  'accept-queue': {
    note: 'Connected, as far as the client can tell. Waiting for a process that calls accept.',
    limit: 'listen(), net.core.somaxconn',
    look: 'ss -lnt',
  },
  'socket-buffer': {
    note: 'The bytes of the request wait to be read. How much room is left is what the client is told it may send.',
    limit: 'net.ipv4.tcp_rmem',
    look: 'ss -tmi',
  },
  epoll: {
    note: 'One thread is told which of a thousand sockets is ready, and takes a descriptor for the new one.',
    limit: 'LimitNOFILE',
    look: 'strace -e accept4',
  },
  puma: {
    note: 'Read, parse, build the environment, find a free thread.',
    limit: 'threads',
    look: 'Puma.stats',
  },
  app: { note: 'call(env). Here your framework begins.', look: 'your own logs' },
}

export const pathText = /* @__PURE__ */ texts('pathText', {
  stages,
  zones: { card: 'Network card', kernel: 'Kernel', process: 'Your process' },
  behind: 'The whole path',
  label: 'The path from the wire to the app',
  here: 'in this chapter',
} as const)
