/** IP, netfilter, conntrack, and the counters of the protocols. */
import type { PocketCommand } from '../pocket-schema.ts'

export const stack: PocketCommand[] = [
  {
    id: 'tcpdump-handshakes',
    stage: 'ip',
    line: "timeout 9 tcpdump -ptni eth0 -c 6 'tcp port 80 and tcp[tcpflags] & tcp-syn != 0'",
    asks: 'Do SYNs come in, and are they answered?',
    output: `IP 198.19.7.7.46818 > 198.18.0.2.80: Flags [S], …, length 0
IP 198.18.0.2.80 > 198.19.7.7.46818: Flags [S.], …, length 0`,
    columns: [
      {
        name: '[S]',
        means:
          'A SYN, as the softirq hands it to IP. A client’s that is missing here was lost below: on the wire, in the ring, in a backlog.',
      },
      {
        name: '[S.]',
        means:
          'The SYN-ACK, behind every hook of IP. Missing: the SYN ended between the two, at a rule, in conntrack or at the listener.',
      },
    ],
    chapter: 'symptoms',
  },
  {
    id: 'ip-route-get',
    stage: 'ip',
    line: 'ip route get 198.18.20.5',
    asks: 'Which way would an answer to this client take?',
    output: `198.18.20.5 via 198.18.0.1 dev eth0 src 198.18.0.2 uid 0
    cache`,
    columns: [
      { name: 'via', means: 'The router that it goes to first. Missing: the client is on the same wire.' },
      {
        name: 'dev',
        means: 'The interface. Not the one that the packets come in by? Then rp_filter may drop them.',
      },
      { name: 'src', means: 'The address that the kernel would send from.' },
    ],
    chapter: 'ip',
  },
  {
    id: 'ip-route-from',
    stage: 'ip',
    line: 'ip route get from 198.18.20.20 iif eth0 to 198.18.0.2',
    asks: 'Would a packet of this client be let in by the interface that it comes by?',
    output: `local 198.18.0.2 from 198.18.20.20 dev lo
    cache <local> iif eth0`,
    columns: [
      {
        name: 'local',
        means:
          'It is for this machine, and its sender passes. One whom rp_filter refuses gets “Invalid cross-device link” in place of this.',
      },
      { name: 'iif', means: 'The interface that the packet is imagined to come in by.' },
    ],
    chapter: 'ip',
  },
  {
    id: 'tracepath',
    stage: 'ip',
    line: 'tracepath -n -m 4 198.19.7.8',
    asks: 'How long may a packet on the way to this client be?',
    output: ` 1?: [LOCALHOST]                      pmtu 1500
 1:  198.18.0.1                                            5.669ms
 2:  198.18.0.1                                            8.240ms pmtu 1320
 2:  198.19.7.8                                            4.760ms reached`,
    columns: [
      {
        name: 'pmtu',
        means:
          'The longest packet that the way is known to carry. It learns from the same ICMP reports as TCP: where a rule drops these, it is as deaf.',
      },
      { name: '1320', means: 'A link behind this hop is narrower.' },
      { name: '8.240ms', means: 'Until the answer of this hop came back.' },
    ],
    chapter: 'ip',
  },
  {
    id: 'nft',
    stage: 'ip',
    line: 'nft list ruleset',
    asks: 'Which rule of the firewall drops, and how often did it?',
    output: `table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		iif "lo" accept
		ip saddr @blocked counter packets 0 bytes 0 drop
		ct state established,related accept
		ct state invalid counter packets 0 bytes 0 drop
		tcp dport 80 accept
		counter packets 0 bytes 0 comment "nobody asked for this"
	}
}`,
    columns: [
      { name: 'policy drop', means: 'What happens to a packet that no rule decided on.' },
      {
        name: 'packets',
        means: 'How many packets got as far as this counter. A rule without one counts nothing.',
      },
      { name: 'hook input', means: 'Where the chain is asked: packets for this machine itself.' },
      { name: 'ct state', means: 'Such a rule needs conntrack: every flow now has an entry.' },
    ],
    chapter: 'ip',
  },
  {
    id: 'nstat-ip',
    stage: 'ip',
    line: 'nstat -az IpInReceives IpInDelivers IpInDiscards IpExtInNoRoutes TcpExtIPReversePathFilter',
    asks: 'Does IP lose packets without a rule?',
    output: `#kernel
IpInReceives                    224                0.0
IpInDiscards                    0                  0.0
IpInDelivers                    224                0.0
TcpExtIPReversePathFilter       0                  0.0
IpExtInNoRoutes                 0                  0.0`,
    columns: [
      { name: '224', means: 'With -a the total since boot; without it the difference since the last call.' },
      { name: '0.0', means: 'A rate, filled in only when nstat runs as a daemon.' },
      {
        name: 'IpInDelivers',
        means: 'Handed on to TCP, UDP and the like. What is missing from IpInReceives was lost between.',
      },
      {
        name: 'TcpExtIPReversePathFilter',
        means:
          'Dropped because an answer would leave by another interface. An IP matter, in spite of its name.',
      },
      { name: 'IpExtInNoRoutes', means: 'Dropped because there was no route for them.' },
      { name: 'IpInDiscards', means: 'Dropped although nothing was wrong with them, as for want of memory.' },
    ],
    chapter: 'ip',
  },
  {
    id: 'nstat-interval',
    stage: 'ip',
    line: 'nstat -n; sleep 5; nstat -z TcpPassiveOpens TcpRetransSegs TcpExtListenDrops',
    asks: 'What happened in these five seconds, and not since the server was started?',
    output: `#kernel
TcpPassiveOpens                 4                  0.0
TcpRetransSegs                  0                  0.0
TcpExtListenDrops               0                  0.0`,
    columns: [
      {
        name: 'TcpPassiveOpens',
        means: 'Connections that came in, once their handshake was over: whether anybody came at all.',
      },
      {
        name: '4',
        means:
          'Since nstat -n, which only notes where all counters stand. Without a name, all that moved are printed.',
      },
    ],
    chapter: 'symptoms',
  },
  {
    id: 'nstat-fragments',
    stage: 'ip',
    line: 'nstat -az IpFragOKs IpFragCreates IpReasmReqds IpReasmOKs IpReasmFails',
    asks: 'Is anything cut into fragments, and does it come together again?',
    output: `#kernel
IpReasmReqds                    0                  0.0
IpReasmOKs                      0                  0.0
IpReasmFails                    0                  0.0
IpFragOKs                       0                  0.0
IpFragCreates                   0                  0.0`,
    columns: [
      { name: 'IpFragOKs', means: 'Packets that had to be cut on their way out.' },
      { name: 'IpFragCreates', means: 'Into so many fragments.' },
      { name: 'IpReasmReqds', means: 'Fragments that came in.' },
      { name: 'IpReasmOKs', means: 'Packets that were made whole of them.' },
      { name: 'IpReasmFails', means: 'Those that were given up: a fragment was missing, or memory.' },
    ],
    chapter: 'ip',
  },
  {
    id: 'conntrack-fill',
    stage: 'conntrack',
    line: 'sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max',
    asks: 'How full is the table of flows?',
    output: `net.netfilter.nf_conntrack_count = 48
net.netfilter.nf_conntrack_max = 37888`,
    columns: [
      { name: 'nf_conntrack_count', means: 'Entries now. Closed connections keep theirs for a while.' },
      {
        name: 'nf_conntrack_max',
        means: 'The limit. At it the packet that would begin a new flow is dropped.',
      },
    ],
    chapter: 'conntrack',
  },
  {
    id: 'conntrack-statistics',
    stage: 'conntrack',
    line: 'conntrack -S',
    asks: 'Did the table turn flows away?',
    output: `cpu=0   	found=0 invalid=0 insert=0 insert_failed=0 drop=0 early_drop=0 error=0 search_restart=0 clash_resolve=0 chaintoolong=0
cpu=1   	found=0 invalid=0 insert=0 insert_failed=0 drop=0 early_drop=0 error=0 search_restart=0 clash_resolve=0 chaintoolong=0`,
    columns: [
      {
        name: 'drop',
        means:
          'Packets dropped because no entry could be had. A full table shows here and in dmesg; if insert_failed moves with it, it was a clash.',
      },
      {
        name: 'early_drop',
        means:
          'Entries not yet assured that were thrown out to make room. They go before a new flow is refused.',
      },
      {
        name: 'insert_failed',
        means: 'Entries that could not be put into the table, mostly because the flow was there already.',
      },
      { name: 'invalid', means: 'Packets that conntrack could not make sense of.' },
      { name: 'chaintoolong', means: 'A bucket was too long to add to: too few buckets.' },
    ],
    chapter: 'conntrack',
  },
  {
    id: 'conntrack-list',
    stage: 'conntrack',
    line: 'conntrack -L 2>/dev/null | head -5',
    asks: 'Who fills the table, and how long will the entries stay?',
    output:
      'tcp      6 104 TIME_WAIT src=198.18.27.82 dst=198.18.0.2 sport=39978 dport=80 src=198.18.0.2 dst=198.18.27.82 sport=80 dport=39978 [ASSURED] mark=0 use=1',
    columns: [
      { name: '104', means: 'Seconds until the entry goes, unless a packet comes.' },
      { name: 'TIME_WAIT', means: 'The state as conntrack sees it, which need not be the socket’s.' },
      {
        name: 'src',
        means:
          'The first pair is how the flow began, the second what an answer looks like; with NAT they differ.',
      },
      {
        name: '[ASSURED]',
        means:
          'The handshake is complete (UDP: packets went both ways for a while): a new flow cannot throw it out.',
      },
    ],
    chapter: 'conntrack',
  },
  {
    id: 'dmesg',
    stage: 'conntrack',
    line: 'dmesg | tail -3',
    asks: 'Has the kernel itself complained?',
    output: '[   43.289069] nf_conntrack: nf_conntrack: table full, dropping packet',
    columns: [
      {
        name: '43.289069',
        means:
          'Seconds since boot. What follows names who complains: “table full” is conntrack’s, “Possible SYN flooding” a listener’s that has been over its limit, once.',
      },
    ],
    chapter: 'conntrack',
  },
]
