/**
 * Every counter that a diagnosis can name, for the whole course: a form that offered only one lab's counters would give its answer away.
 * For the same reason the form does not show `stage`. Knows no lab and no machine.
 */
import type { StageId } from './stages.ts'

export interface Counter {
  /** As nstat prints it where nstat knows it, else a name of ours. */
  id: string
  /** How it is read on the server. */
  read: string
  /** Where on the packet's path it counts. */
  stage: StageId
}

export const counters: readonly Counter[] = [
  { id: 'RxOutOfBuffer', read: 'ethtool -S eth0: pkts rx OOB', stage: 'ring' },
  { id: 'RxFifoErrors', read: 'ethtool -S eth0: rx_fifo_errors', stage: 'ring' },
  { id: 'RxQueuePackets', read: 'ethtool -S eth0: rx_queue_N_packets of the busiest queue', stage: 'irq' },
  { id: 'Interrupts', read: '/proc/interrupts: eth0, its busiest CPU', stage: 'irq' },
  { id: 'SoftirqNetRx', read: '/proc/softirqs: NET_RX of its busiest CPU', stage: 'softirq' },
  { id: 'SoftnetDropped', read: '/proc/net/softnet_stat: column 2, all CPUs', stage: 'softirq' },
  { id: 'SoftnetTimeSqueeze', read: '/proc/net/softnet_stat: column 3, all CPUs', stage: 'softirq' },
  { id: 'NftRulePackets', read: 'nft list ruleset: packets of the rule', stage: 'ip' },
  { id: 'TcpExtIPReversePathFilter', read: 'nstat -az', stage: 'ip' },
  { id: 'IpInDiscards', read: 'nstat -az', stage: 'ip' },
  { id: 'IpExtInNoRoutes', read: 'nstat -az', stage: 'ip' },
  { id: 'IpFragFails', read: 'nstat -az', stage: 'ip' },
  { id: 'IcmpInDestUnreachs', read: 'nstat -az', stage: 'ip' },
  { id: 'ConntrackCount', read: 'sysctl net.netfilter.nf_conntrack_count', stage: 'conntrack' },
  { id: 'ConntrackDrop', read: 'conntrack -S: drop, all CPUs', stage: 'conntrack' },
  { id: 'ConntrackInsertFailed', read: 'conntrack -S: insert_failed, all CPUs', stage: 'conntrack' },
  { id: 'SynRecvSockets', read: 'ss -Htn state syn-recv: lines', stage: 'syn-queue' },
  { id: 'TcpExtTCPReqQFullDrop', read: 'nstat -az', stage: 'syn-queue' },
  { id: 'TcpExtTCPReqQFullDoCookies', read: 'nstat -az', stage: 'syn-queue' },
  { id: 'TcpExtSyncookiesSent', read: 'nstat -az', stage: 'syn-queue' },
  { id: 'TcpExtSyncookiesFailed', read: 'nstat -az', stage: 'syn-queue' },
  { id: 'TcpExtListenDrops', read: 'nstat -az', stage: 'syn-queue' },
  { id: 'TcpExtListenOverflows', read: 'nstat -az', stage: 'accept-queue' },
  { id: 'ListenRecvQ', read: 'ss -lnt: Recv-Q of the listener', stage: 'accept-queue' },
  { id: 'TcpPassiveOpens', read: 'nstat -az', stage: 'accept-queue' },
  { id: 'TcpExtTCPTimeouts', read: 'nstat -az', stage: 'socket-buffer' },
  { id: 'TcpRetransSegs', read: 'nstat -az', stage: 'socket-buffer' },
  { id: 'TcpExtTCPRcvQDrop', read: 'nstat -az', stage: 'socket-buffer' },
  { id: 'TcpExtPruneCalled', read: 'nstat -az', stage: 'socket-buffer' },
  { id: 'TcpExtTCPToZeroWindowAdv', read: 'nstat -az', stage: 'socket-buffer' },
  { id: 'UdpRcvbufErrors', read: 'nstat -az', stage: 'socket-buffer' },
  { id: 'SocketReceiveBuffer', read: 'ss -tmi: rb of the connection', stage: 'socket-buffer' },
  { id: 'SocketReceiveWindow', read: 'ss -tmi: rcv_wnd of the connection', stage: 'socket-buffer' },
  { id: 'QdiscBacklogPackets', read: 'tc -s qdisc show dev eth0: backlog, packets', stage: 'wire' },
  { id: 'QdiscDropped', read: 'tc -s qdisc show dev eth0: dropped', stage: 'wire' },
  { id: 'OpenDescriptors', read: '/proc/PID/fd of Puma: entries', stage: 'epoll' },
  { id: 'AcceptEmfile', read: 'strace -c -e accept4: errors', stage: 'epoll' },
  { id: 'BusyThreads', read: 'threads of Puma that are not waiting for work', stage: 'puma' },
  { id: 'UpstreamConnections', read: 'ss -tn: connections to the upstream', stage: 'app' },
  { id: 'TimeWaitSockets', read: 'ss -Htn state time-wait: lines', stage: 'app' },
]

/** What somebody typed or chose, as the id of a counter; null when the course knows no such counter. nstat's prefix may be missing. */
export function counterId(text: string): string | null {
  const wanted = letters(text)
  const names = (id: string) => [letters(id), letters(id.replace(/^(TcpExt|IpExt|Tcp|Ip|Icmp)/, ''))]
  return counters.find(({ id }) => names(id).includes(wanted))?.id ?? null
}

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
