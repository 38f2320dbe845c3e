/** Wire, ring, interrupt, softirq. */
import type { PocketCommand } from '../pocket-schema.ts'

export const links: PocketCommand[] = [
  {
    id: 'ip-link',
    stage: 'wire',
    line: 'ip -s link show eth0',
    asks: 'How much has come in and gone out, and does the driver admit a loss?',
    output: `2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP mode DEFAULT group default qlen 1000
    link/ether 52:54:00:12:00:02 brd ff:ff:ff:ff:ff:ff
    RX:  bytes packets errors dropped  missed   mcast
          4184      55      0       0       0       0
    TX:  bytes packets errors dropped carrier collsns
          3930      45      0       0       0       0`,
    columns: [
      { name: 'errors', means: 'Frames that arrived damaged, as far as the driver counts them.' },
      {
        name: 'dropped',
        means:
          'Received, and then not processed: no memory, a full backlog of a processor, or a protocol that nobody listens for.',
      },
      {
        name: 'missed',
        means:
          'Lost because the host had no buffer for them. A driver must report it; vmxnet3 does not, and shows 0 while its ring overflows.',
      },
      { name: 'mtu', means: 'The largest IP packet that the interface sends in one piece.' },
      { name: 'LOWER_UP', means: 'There is a carrier: the cable is in.' },
    ],
    chapter: 'nic',
  },
  {
    id: 'tc-qdisc',
    stage: 'wire',
    line: 'tc -s qdisc show dev eth0',
    asks: 'Do packets wait on their way out, and who manages the queue?',
    output: `qdisc mq 0: root
 Sent 13881 bytes 134 pkt (dropped 0, overlimits 0 requeues 0)
 backlog 0b 0p requeues 0
qdisc fq_codel 0: parent :2 limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64
 Sent 6617 bytes 66 pkt (dropped 0, overlimits 0 requeues 0)
 backlog 0b 0p requeues 0
  maxpacket 0 drop_overlimit 0 new_flow_count 0 ecn_mark 0
  new_flows_len 0 old_flows_len 0`,
    columns: [
      {
        name: 'backlog',
        means: 'Bytes and packets that wait now. A backlog that stands for seconds is latency for everybody.',
      },
      { name: 'dropped', means: 'Thrown away by this queue since it was set up.' },
      { name: 'overlimits', means: 'How often a shaper held a packet back. It is no loss.' },
      { name: 'requeues', means: 'Handed back by the card, which could not take it at that moment.' },
      {
        name: 'target',
        means: 'fq_codel drops from a flow whose packets wait longer than this for an interval.',
      },
    ],
    chapter: 'symptoms',
  },
  {
    id: 'ethtool-ring',
    stage: 'ring',
    line: 'ethtool -g eth0',
    asks: 'How many frames can wait in memory before the kernel looks?',
    output: `Ring parameters for eth0:
Pre-set maximums:
RX:			4096
RX Mini:		n/a
RX Jumbo:		4096
TX:			4096
Current hardware settings:
RX:			1024
RX Mini:		n/a
RX Jumbo:		512
TX:			512`,
    columns: [
      { name: 'Pre-set maximums', means: 'What the driver would allow.' },
      { name: 'Current hardware settings', means: 'What is in force: RX descriptors for each queue.' },
      { name: 'RX Jumbo', means: 'vmxnet3 keeps a second ring for what does not fit into one buffer.' },
    ],
    chapter: 'nic',
  },
  {
    id: 'ethtool-statistics',
    stage: 'ring',
    line: "ethtool -S eth0 | grep -E 'Rx Queue|OOB|ucast pkts rx'",
    asks: 'Did the ring overflow, and on which queue?',
    output: `     Rx Queue#: 0
       ucast pkts rx: 50
       pkts rx OOB: 0
     Rx Queue#: 1
       ucast pkts rx: 0
       pkts rx OOB: 0`,
    columns: [
      {
        name: 'pkts rx OOB',
        means:
          'Out of buffers: frames lost because no descriptor was free. The name is vmxnet3’s; igb says rx_missed_errors (and rx_no_buffer_count for a frame that found no descriptor, but room in the card), other drivers something else.',
      },
      { name: 'ucast pkts rx', means: 'Frames to this machine’s own address, by queue.' },
    ],
    chapter: 'nic',
  },
  {
    id: 'ethtool-channels',
    stage: 'irq',
    line: 'ethtool -l eth0',
    asks: 'How many queues has the card, and how many are used?',
    output: `Channel parameters for eth0:
Pre-set maximums:
Combined:	8
Current hardware settings:
Combined:	2`,
    columns: [
      {
        name: 'Combined',
        means:
          'Queues that receive and send; most drivers give such a pair one interrupt. Above what the driver could, below what it does.',
      },
    ],
    chapter: 'rss',
  },
  {
    id: 'ethtool-indirection',
    stage: 'irq',
    line: 'ethtool -x eth0',
    asks: 'Which queue gets which flows?',
    output: `RX flow hash indirection table for eth0 with 2 RX ring(s):
    0:      0     1     0     1     0     1     0     1
    8:      0     1     0     1     0     1     0     1
RSS hash function:
    toeplitz: on`,
    columns: [
      {
        name: 'indirection table',
        means:
          'A flow’s hash picks a place in it, and the place names the queue. Only one number in the whole table: one queue gets everything.',
      },
      { name: 'toeplitz', means: 'The function that makes the hash.' },
    ],
    chapter: 'rss',
  },
  {
    id: 'interrupts',
    stage: 'irq',
    line: "grep -E 'CPU|eth0' /proc/interrupts",
    asks: 'Which processor does the card interrupt?',
    output: `           CPU0       CPU1
 26:          0         63  PCI-MSIX-0000:00:02.0   0-edge      eth0-rxtx-0
 27:         30          0  PCI-MSIX-0000:00:02.0   1-edge      eth0-rxtx-1
 28:          0          0  PCI-MSIX-0000:00:02.0   2-edge      eth0-event-2`,
    columns: [
      { name: 'CPU0', means: 'How often this processor was interrupted, since boot. One column for each.' },
      { name: '26', means: 'The number of the interrupt: its folder below /proc/irq.' },
      {
        name: 'eth0-rxtx-0',
        means:
          'What it is for: receiving and sending of queue 0. Few interrupts for many packets mean that NAPI polls.',
      },
    ],
    chapter: 'rss',
  },
  {
    id: 'affinity',
    stage: 'irq',
    line: 'grep . /proc/irq/2[6-8]/*affinity_list',
    asks: 'Which processors may it interrupt, and which does it?',
    output: `/proc/irq/26/effective_affinity_list:1
/proc/irq/26/smp_affinity_list:0-1`,
    columns: [
      { name: 'smp_affinity_list', means: 'The processors that are allowed; this is what one writes to.' },
      { name: 'effective_affinity_list', means: 'The one that the interrupt really goes to.' },
    ],
    chapter: 'rss',
  },
  {
    id: 'affinity-masks',
    stage: 'irq',
    line: 'grep . /proc/irq/2[6-8]/smp_affinity /proc/irq/2[6-8]/effective_affinity',
    asks: 'Where may an interrupt go, and where does it go?',
    output: `/proc/irq/26/smp_affinity:3
/proc/irq/27/smp_affinity:3
/proc/irq/28/smp_affinity:3
/proc/irq/26/effective_affinity:2
/proc/irq/27/effective_affinity:1
/proc/irq/28/effective_affinity:2`,
    columns: [
      {
        name: 'smp_affinity',
        means: 'A mask of the processors that it may go to: 1 the first, 2 the second, 3 both.',
      },
      { name: 'effective_affinity', means: 'The one that it goes to, chosen among those.' },
    ],
    chapter: 'rss',
  },
  {
    id: 'softirqs',
    stage: 'softirq',
    line: "grep -E 'CPU|NET_RX' /proc/softirqs",
    asks: 'Which processor does the work of receiving?',
    output: `                    CPU0       CPU1
      NET_RX:         60         69`,
    columns: [
      {
        name: 'NET_RX',
        means:
          'How often the receiving softirq ran there. It counts runs, not packets: one run takes up to 300, and of each queue at most 64.',
      },
    ],
    chapter: 'softirq',
  },
  {
    id: 'softnet-stat',
    stage: 'softirq',
    line: 'cat /proc/net/softnet_stat',
    asks: 'Did a processor fall behind, and did its backlog drop anything?',
    output: `00000021 00000000 00000006 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
000000d1 00000000 0000001c 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 00000000 00000000`,
    columns: [
      {
        name: '000000d1',
        means: 'Column 1, hexadecimal as all: packets processed. One line for each processor.',
      },
      {
        name: '00000000',
        means:
          'Column 2: refused by the backlog of this processor, mostly because it was full. Nothing of the card’s ring is in it.',
      },
      {
        name: '0000001c',
        means:
          'Column 3: time_squeeze. A round ended with work left, because its budget or its time was used up.',
      },
      {
        name: '00000001',
        means:
          'Column 13: the processor’s number. Before it column 10, how often another processor called this one for steered packets; 11, dropped by the flow limit, and in column 2 as well; 12, waiting in the backlog now.',
      },
    ],
    chapter: 'softirq',
  },
  {
    id: 'softirq-limits',
    stage: 'softirq',
    line: 'sysctl net.core.netdev_budget net.core.netdev_budget_usecs net.core.netdev_max_backlog',
    asks: 'How much may one round take, and how long may the backlog be?',
    output: `net.core.netdev_budget = 300
net.core.netdev_budget_usecs = 8000
net.core.netdev_max_backlog = 2900`,
    columns: [
      {
        name: 'netdev_budget',
        means: 'Packets for one round of the softirq, over all queues of the processor.',
      },
      {
        name: 'netdev_budget_usecs',
        means: 'Microseconds for one round. Whichever ends first ends the round.',
      },
      {
        name: 'netdev_max_backlog',
        means:
          'Length of each processor’s backlog: used by RPS, loopback and old drivers, not by a card with NAPI.',
      },
    ],
    chapter: 'softirq',
  },
  {
    id: 'rps',
    stage: 'softirq',
    line: 'cat /sys/class/net/eth0/queues/rx-0/rps_cpus',
    asks: 'Are packets of this queue handed on to other processors?',
    output: '0',
    columns: [
      {
        name: '0',
        means: 'A mask of processors. 0: to none, so the one that was interrupted does all of it.',
      },
    ],
    chapter: 'softirq',
  },
]
