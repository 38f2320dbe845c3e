/** From the SYN to the receive buffer. */
import type { PocketCommand } from '../pocket-schema.ts'

export const sockets: PocketCommand[] = [
  {
    id: 'syn-limits',
    stage: 'syn-queue',
    line: 'sysctl net.ipv4.tcp_max_syn_backlog net.ipv4.tcp_syncookies net.core.somaxconn',
    asks: 'Which limits does a handshake meet?',
    output: `net.ipv4.tcp_max_syn_backlog = 768
net.ipv4.tcp_syncookies = 1
net.core.somaxconn = 3968`,
    columns: [
      { name: 'tcp_max_syn_backlog', means: 'Bounds half-open connections, but only while cookies are off.' },
      {
        name: 'tcp_syncookies',
        means: '1: answer with a cookie once the limit is reached. 0: never. 2: always.',
      },
      { name: 'somaxconn', means: 'Caps the backlog of listen(), at the moment of that call and not later.' },
    ],
    chapter: 'syn-queue',
  },
  {
    id: 'nstat-listen',
    stage: 'syn-queue',
    line: "nstat -az 'TcpExtListen*' 'TcpExtTCPReqQ*' 'TcpExtSyncookies*'",
    asks: 'Did a listener turn clients away, and for which of its two queues?',
    output: `#kernel
TcpExtSyncookiesSent            0                  0.0
TcpExtSyncookiesRecv            0                  0.0
TcpExtSyncookiesFailed          0                  0.0
TcpExtListenOverflows           0                  0.0
TcpExtListenDrops               0                  0.0
TcpExtTCPReqQFullDoCookies      0                  0.0
TcpExtTCPReqQFullDrop           0                  0.0`,
    columns: [
      {
        name: 'TcpExtListenOverflows',
        means: 'A packet found the accept queue full. Packets, not clients: repetitions count.',
      },
      {
        name: 'TcpExtListenDrops',
        means: 'A listener did not take a packet, for whatever reason: the overflows are in it.',
      },
      {
        name: 'TcpExtTCPReqQFullDrop',
        means: 'A SYN found the half-open limit reached, and cookies were off.',
      },
      {
        name: 'TcpExtTCPReqQFullDoCookies',
        means:
          'The same with cookies on: it was answered with one, unless the accept queue was full as well.',
      },
      { name: 'TcpExtSyncookiesFailed', means: 'An ACK brought a cookie that was not ours, or too old.' },
    ],
    chapter: 'accept-queue',
  },
  {
    id: 'ss-syn-recv',
    stage: 'syn-queue',
    line: 'ss -Htn state syn-recv | wc -l',
    asks: 'How many handshakes are half done?',
    output: '0',
    columns: [
      {
        name: '0',
        means:
          'Half-open connections of all listeners now. Those with a cookie are not kept, and not counted.',
      },
    ],
    chapter: 'syn-queue',
  },
  {
    id: 'ss-listen',
    stage: 'accept-queue',
    line: 'ss -lntp',
    asks: 'How many connections wait for accept, how many may, and whose socket is it?',
    output: `State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
LISTEN 0      960          0.0.0.0:80        0.0.0.0:*    users:(("puma",pid=290,fd=5))`,
    columns: [
      {
        name: 'Recv-Q',
        means: 'Of a listener: connections that wait to be accepted. Of any other socket: bytes.',
      },
      { name: 'Send-Q', means: 'Of a listener: the limit in force. Full is one more than it.' },
      { name: 'users', means: 'The processes that hold the socket, and their descriptor of it.' },
    ],
    chapter: 'accept-queue',
  },
  {
    id: 'ss-listen-memory',
    stage: 'accept-queue',
    line: "ss -lntm 'sport = :80'",
    asks: 'How much has this one listener dropped?',
    output: `State  Recv-Q Send-Q Local Address:Port Peer Address:Port
LISTEN 0      960          0.0.0.0:80        0.0.0.0:*
	 skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d4)`,
    columns: [
      {
        name: 'd4',
        means: 'Packets that this listener dropped. The nstat counters are the whole machine’s.',
      },
    ],
    chapter: 'accept-queue',
  },
  {
    id: 'ss-listen-ids',
    stage: 'accept-queue',
    line: "ss -Hlnt -e 'sport = :80'",
    asks: 'Whose listener is it, and is it still the same one?',
    output:
      'LISTEN 0      960    0.0.0.0:80 0.0.0.0:* uid:996 ino:852 sk:1 cgroup:/system.slice/puma.service <->',
    columns: [
      {
        name: 'ino',
        means: 'The socket’s number, as in /proc/PID/fd. Another one: somebody has listened anew.',
      },
      { name: 'cgroup', means: 'Which service opened it. Not puma.service: somebody else answers.' },
      { name: 'uid', means: 'Whose it is.' },
    ],
    chapter: 'incident',
  },
  {
    id: 'migrate',
    stage: 'accept-queue',
    line: 'sysctl net.ipv4.tcp_migrate_req',
    asks: 'What becomes of those who wait at a listener that closes, where others listen at the same port?',
    output: 'net.ipv4.tcp_migrate_req = 0',
    columns: [
      { name: 'tcp_migrate_req', means: '0: they are reset. 1: another listener of the group gets them.' },
    ],
    chapter: 'reuseport',
  },
  {
    id: 'ss-summary',
    stage: 'accept-queue',
    line: 'ss -s',
    asks: 'What are all the sockets doing?',
    output: `Total: 25
TCP:   21 (estab 0, closed 20, orphaned 0, timewait 20)`,
    columns: [
      { name: 'estab', means: 'Established connections.' },
      { name: 'timewait', means: 'Closed by this side first, and kept so that late packets hit nobody.' },
      {
        name: 'orphaned',
        means: 'No process holds them any more; the kernel still has something to send or to hear.',
      },
    ],
    chapter: 'accept-queue',
  },
  {
    id: 'ss-memory',
    stage: 'socket-buffer',
    line: 'ss -tmin state established',
    asks: 'Does a buffer fill, and which side is slow?',
    output: `Recv-Q Send-Q Local Address:Port  Peer Address:Port
0      0          127.0.0.1:38820    127.0.0.1:80
	 skmem:(r0,rb81920,t0,tb1617504,f0,w0,o0,bl0,d0) cubic wscale:7,7 rto:208 rtt:2.484/1.242 mss:32741 pmtu:65535 rcvmss:536 advmss:65483 cwnd:10 bytes_acked:1 segs_out:2 segs_in:1 send 1054460548bps rcv_space:40960 rcv_ssthresh:40960 minrtt:2.484 snd_wnd:65483 rcv_wnd:40960
… busy:1768ms rwnd_limited:1764ms(99.8%) … notsent:1182848 …`,
    columns: [
      {
        name: 'r0',
        means:
          'Memory of what was received and not read yet. Memory, not payload: a small packet takes far more than its bytes.',
      },
      { name: 'rb81920', means: 'How large the receive buffer may be now.' },
      { name: 'rtt', means: 'Round trip and its variation, in milliseconds.' },
      {
        name: 'minrtt',
        means: 'The shortest round trip yet. Far below rtt: something on the way has a queue.',
      },
      { name: 'cwnd', means: 'Packets that may be on their way unacknowledged, as far as the network goes.' },
      {
        name: 'rcv_wnd',
        means: 'The window last promised to the other side. Near 0: our application does not read.',
      },
      { name: 'snd_wnd', means: 'What the other side promised. Near 0: theirs does not.' },
      {
        name: 'rwnd_limited',
        means:
          'For how long, and for which part of the time that it was busy, the other side’s window held it back.',
        seldom: true,
      },
      {
        name: 'notsent',
        means: 'Bytes that the application wrote and that were never on the wire.',
        seldom: true,
      },
    ],
    chapter: 'socket-buffer',
  },
  {
    id: 'rmem',
    stage: 'socket-buffer',
    line: 'sysctl net.ipv4.tcp_rmem net.core.rmem_max',
    asks: 'How large may a receive buffer become?',
    output: `net.ipv4.tcp_rmem = 4096	81920	6291456
net.core.rmem_max = 212992`,
    columns: [
      { name: 'tcp_rmem', means: 'Least, first, most. The kernel grows a buffer by itself up to the third.' },
      { name: 'rmem_max', means: 'Caps only what a program asks for with SO_RCVBUF.' },
    ],
    chapter: 'socket-buffer',
  },
  {
    id: 'nstat-tcp',
    stage: 'socket-buffer',
    line: 'nstat -az TcpRetransSegs TcpExtTCPTimeouts TcpExtTCPRcvQDrop TcpExtPruneCalled TcpExtTCPToZeroWindowAdv TcpExtTCPWinProbe',
    asks: 'Is anything sent twice, and was a window closed?',
    output: `#kernel
TcpRetransSegs                  0                  0.0
TcpExtPruneCalled               0                  0.0
TcpExtTCPTimeouts               0                  0.0
TcpExtTCPToZeroWindowAdv        0                  0.0
TcpExtTCPWinProbe               0                  0.0
TcpExtTCPRcvQDrop               0                  0.0`,
    columns: [
      { name: 'TcpRetransSegs', means: 'Segments that were sent again.' },
      { name: 'TcpExtTCPTimeouts', means: 'How often a retransmission timer ran out.' },
      {
        name: 'TcpExtTCPToZeroWindowAdv',
        means: 'How often this machine told a sender to stop: an application did not read.',
      },
      {
        name: 'TcpExtTCPWinProbe',
        means: 'How often this machine asked whether a window that was closed to it has opened.',
      },
      {
        name: 'TcpExtPruneCalled',
        means: 'How often a receive queue had to be squeezed because its memory was used up.',
      },
      { name: 'TcpExtTCPRcvQDrop', means: 'Segments dropped because the receive queue had no room.' },
    ],
    chapter: 'socket-buffer',
  },
  {
    id: 'nstat-udp',
    stage: 'socket-buffer',
    line: 'nstat -az UdpInDatagrams UdpRcvbufErrors UdpInErrors',
    asks: 'Does a program that takes datagrams read too slowly?',
    output: `#kernel
UdpInDatagrams                  0                  0.0
UdpInErrors                     0                  0.0
UdpRcvbufErrors                 0                  0.0`,
    columns: [
      { name: 'UdpInDatagrams', means: 'Read by programs, not merely received.' },
      {
        name: 'UdpRcvbufErrors',
        means: 'Dropped because the receive buffer was full: there is no window that could stop a sender.',
      },
      { name: 'UdpInErrors', means: 'All that were dropped at a socket, these among them.' },
    ],
    chapter: 'nic',
  },
]
