/**
 * The glossary: every term that a chapter explains in place with `<Term of="…">`. The sentences are our own; each was held against the kernel's
 * source (6.12) or the man page that it names. Knows no chapter's text; `content check` holds the two together.
 */
import type { GlossaryTerm } from './glossary-schema.ts'

export const glossary: readonly GlossaryTerm[] = [
  {
    id: 'accept-queue',
    name: 'accept queue',
    means:
      'Connections of a listener that are established and wait for accept(). It is full when it holds one more than its limit.',
    chapter: 'accept-queue',
    source: 'include/net/sock.h, sk_acceptq_is_full',
  },
  {
    id: 'backlog',
    name: 'backlog of a processor',
    means:
      'A queue of packets for each processor, for what comes without a driver’s ring: steered by RPS, from loopback, from old drivers. 1000 packets, unless netdev_max_backlog says otherwise. It is not the number that listen() is given.',
    chapter: 'softirq',
    source: 'net/core/dev.c, enqueue_to_backlog',
  },
  {
    id: 'backpressure',
    name: 'backpressure',
    means:
      'A receiver that does not read makes its sender stop: its buffer fills, its window closes, and what cannot be sent fills the sender’s buffer in turn.',
    chapter: 'socket-buffer',
    source: 'tcp(7); net/ipv4/tcp_output.c, __tcp_select_window',
  },
  {
    id: 'budget',
    name: 'budget',
    means:
      'How many packets one round of the receive softirq may handle before others get the processor: netdev_budget, 300, and no longer than netdev_budget_usecs.',
    chapter: 'softirq',
    source: 'net/core/dev.c, net_rx_action',
  },
  {
    id: 'bufferbloat',
    name: 'bufferbloat',
    means:
      'A queue before a bottleneck that does not empty: senders send more until something is lost, and there is so much room that a loss comes late. Little is dropped; everything waits.',
    chapter: 'symptoms',
    source: 'Documentation/networking/ip-sysctl.rst, tcp_limit_output_bytes; tc-codel(8), “standing queue”',
  },
  {
    id: 'conntrack',
    name: 'conntrack',
    means:
      'Connection tracking: netfilter’s table with an entry for every flow that it has seen. Over nf_conntrack_max a packet that would need a new one is dropped, unless an entry that is not assured can make room.',
    chapter: 'conntrack',
    source: 'net/netfilter/nf_conntrack_core.c, __nf_conntrack_alloc',
  },
  {
    id: 'descriptor',
    name: 'descriptor of a file',
    means:
      'An index into the table of a process’s open files. Files, sockets, pipes and epoll itself all have one. Numbers are given from below: the lowest that is free.',
    chapter: 'epoll',
    source: 'open(2); fs/file.c, alloc_fd',
  },
  {
    id: 'dma',
    name: 'DMA',
    means:
      'Direct memory access: a device reads and writes main memory by itself. The processor has only told it before, at which addresses and in which direction.',
    chapter: 'nic',
    source: 'drivers/net/vmxnet3/vmxnet3_drv.c, vmxnet3_rq_alloc_rx_buf: dma_map_single, DMA_FROM_DEVICE',
  },
  {
    id: 'epoll',
    name: 'epoll',
    means:
      'A list of descriptors that the kernel keeps for a program. The program asks which of them are ready, and pays for those alone, not for all that it watches.',
    chapter: 'epoll',
    source: 'epoll(7); fs/eventpoll.c, ep_poll_callback',
  },
  {
    id: 'epollexclusive',
    name: 'EPOLLEXCLUSIVE',
    means:
      'A flag of epoll_ctl(): of several epolls that watch one descriptor, an event wakes one or a few, and not all.',
    chapter: 'reuseport',
    source: 'epoll_ctl(2); fs/eventpoll.c, ep_ptable_queue_proc',
  },
  {
    id: 'flow',
    name: 'flow',
    means:
      'The packets of one conversation: the same protocol, addresses and ports. What spreads load over queues and processors keeps a flow together, so that its packets stay in order.',
    chapter: 'rss',
    source: 'Documentation/networking/scaling.rst',
  },
  {
    id: 'half-open',
    name: 'half-open',
    means:
      'A handshake of which the server has seen the SYN and not yet the last ACK. ss shows it as SYN-RECV.',
    chapter: 'accept-queue',
    source: 'tcp(7); include/net/tcp_states.h, TCP_NEW_SYN_RECV',
  },
  {
    id: 'hook',
    name: 'hook',
    means:
      'A place on a packet’s way through IP where netfilter calls whoever has registered there, in the order of their priorities. Each may let it pass, change it or drop it.',
    chapter: 'ip',
    source: 'net/netfilter/core.c, nf_hook_slow',
  },
  {
    id: 'interrupt',
    name: 'interrupt',
    means:
      'A signal of a device that makes a processor leave what it does and run the handler that the driver has registered.',
    chapter: 'nic',
    source: 'include/linux/interrupt.h, request_irq',
  },
  {
    id: 'level-triggered',
    name: 'level-triggered',
    means:
      'epoll tells of a descriptor again and again as long as it is ready. Edge-triggered, with EPOLLET, it tells only when something new has come.',
    chapter: 'epoll',
    source: 'epoll(7); fs/eventpoll.c, ep_send_events',
  },
  {
    id: 'listener',
    name: 'listener',
    means:
      'A socket on which listen() was called. It never carries data: it makes connections, and keeps those that nobody has accepted yet.',
    chapter: 'reuseport',
    source: 'listen(2); net/ipv4/inet_connection_sock.c, inet_csk_listen_start',
  },
  {
    id: 'mtu',
    name: 'MTU',
    means:
      'Maximum transmission unit: the longest IP packet that a link carries, 1500 bytes on most Ethernets.',
    chapter: 'ip',
    source: 'netdevice(7); include/uapi/linux/if_ether.h, ETH_DATA_LEN',
  },
  {
    id: 'napi',
    name: 'NAPI',
    means:
      'The kernel’s interface for receiving: an interrupt to begin, then polling in batches until the queue is empty.',
    chapter: 'nic',
    source: 'Documentation/networking/napi.rst',
  },
  {
    id: 'nat',
    name: 'NAT',
    means:
      'Network address translation: addresses or ports of a packet are rewritten on its way. conntrack remembers how, so that the answers are written back.',
    chapter: 'ip',
    source: 'net/netfilter/nf_nat_core.c, nf_nat_inet_fn',
  },
  {
    id: 'path-mtu-discovery',
    name: 'path MTU discovery',
    means:
      'Finding the smallest MTU on the way by sending packets that must not be fragmented, and listening to the ICMP messages of whoever cannot pass them on.',
    chapter: 'ip',
    source: 'ip(7), IP_MTU_DISCOVER',
  },
  {
    id: 'rack-environment',
    name: 'Rack environment',
    means:
      'A Ruby hash that tells the app of one request: REQUEST_METHOD, PATH_INFO, headers as HTTP_…, and under rack.input the stream of its body. The app is any object that responds to call(env).',
    chapter: 'userspace',
    source: 'rack 3.1, SPEC.rdoc (lib/rack/lint.rb), “Rack applications”, “The Environment”',
  },
  {
    id: 'reactor',
    name: 'reactor',
    means:
      'Puma’s thread that keeps the connections whose next request is not there yet, or not whole: it reads what comes and hands on what is complete. So a slow client holds none of the threads that answer.',
    chapter: 'userspace',
    source: 'puma 6.6, lib/puma/reactor.rb; lib/puma/server.rb, reactor_wakeup and process_client',
  },
  {
    id: 'receive-buffer',
    name: 'receive buffer',
    means:
      'No memory of its own but a limit, sk_rcvbuf: how much memory the packets of a socket may take until the program has read them.',
    chapter: 'socket-buffer',
    source: 'include/net/sock.h; net/ipv4/tcp_input.c, tcp_try_rmem_schedule',
  },
  {
    id: 'receive-ring',
    name: 'receive ring',
    means:
      'A fixed number of records in memory, used in a circle. Each names one buffer. The card fills them in order, the driver empties and renews them in order.',
    chapter: 'nic',
    source: 'ethtool(8), -g; the driver’s poll function',
  },
  {
    id: 'request-socket',
    name: 'request socket',
    means:
      'A struct request_sock: some 300 bytes that hold what the SYN said, until the handshake is complete.',
    chapter: 'syn-queue',
    source: 'include/net/request_sock.h, struct request_sock',
  },
  {
    id: 'reverse-path-filter',
    name: 'reverse path filter',
    means:
      'rp_filter: a packet is dropped when its sender could not be reached by the interface that it came in at (1, strict), or by none at all (2, loose).',
    chapter: 'symptoms',
    source: 'net/ipv4/fib_frontend.c, __fib_validate_source',
  },
  {
    id: 'rps',
    name: 'RPS',
    means:
      'Receive packet steering: the kernel spreads flows over processors by a hash, after the packet has left the ring. It is for cards with too few queues.',
    chapter: 'softirq',
    source: 'net/core/dev.c, get_rps_cpu',
  },
  {
    id: 'rss',
    name: 'RSS',
    means:
      'Receive side scaling: the card itself spreads flows over several receive queues by a hash and a table.',
    chapter: 'rss',
    source: 'Documentation/networking/scaling.rst',
  },
  {
    id: 'skb',
    name: 'skb',
    means:
      'struct sk_buff: the kernel’s record of one packet, with pointers into its data. It travels through all layers.',
    chapter: 'nic',
    source: 'include/linux/skbuff.h, struct sk_buff',
  },
  {
    id: 'so-reuseport',
    name: 'SO_REUSEPORT',
    means:
      'An option with which several sockets of one user listen on the same address and port. A hash of a connection’s four numbers says which of them is given it.',
    chapter: 'reuseport',
    source: 'socket(7); net/core/sock_reuseport.c, reuseport_select_sock',
  },
  {
    id: 'softirq',
    name: 'softirq',
    means:
      'Work that an interrupt’s handler leaves for the moment after it, with interrupts on. Receiving is one of ten kinds, NET_RX.',
    chapter: 'softirq',
    source: 'include/linux/interrupt.h; kernel/softirq.c, handle_softirqs',
  },
  {
    id: 'somaxconn',
    name: 'somaxconn',
    means:
      'The most that listen() is granted as its backlog, 4096 by default. It is looked at in the call: a listener that listens already keeps what it has.',
    chapter: 'accept-queue',
    source: 'net/socket.c, __sys_listen_socket; include/linux/socket.h, SOMAXCONN',
  },
  {
    id: 'syn-cookie',
    name: 'SYN cookie',
    means:
      'A SYN-ACK whose sequence number encodes what would otherwise be remembered, so that nothing needs to be stored.',
    chapter: 'syn-queue',
    source: 'net/ipv4/syncookies.c, cookie_v4_init_sequence',
  },
  {
    id: 'syn-queue',
    name: 'SYN queue',
    means:
      'The old name for the half-open connections of a listener. They stand in the table of established connections; the listener only counts them.',
    chapter: 'syn-queue',
    source: 'include/net/inet_connection_sock.h, inet_csk_reqsk_queue_len',
  },
  {
    id: 'thundering-herd',
    name: 'thundering herd',
    means: 'One event wakes all who wait for it, and one of them gets it. The others were woken for nothing.',
    chapter: 'reuseport',
    source: 'accept(2); kernel/sched/wait.c, __wake_up_common',
  },
  {
    id: 'window',
    name: 'window',
    means:
      'How many more bytes a receiver says that it can take. A sender may have no more than that on the way.',
    chapter: 'socket-buffer',
    source: 'net/ipv4/tcp_output.c, tcp_select_window',
  },
]
