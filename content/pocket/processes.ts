/** Where packets have become the work of a process. */
import type { PocketCommand } from '../pocket-schema.ts'

export const processes: PocketCommand[] = [
  {
    id: 'ss-owners',
    stage: 'epoll',
    line: "ss -Htnp state established 'sport = :80'",
    asks: 'Which connections has a process taken, and which wait for one?',
    output: `0      0      198.18.0.2:80 198.18.20.16:55084 users:(("puma",pid=287,fd=26))
64     0      198.18.0.2:80 198.18.20.38:42652`,
    columns: [
      { name: 'users', means: 'The process that accepted it. Missing: it waits in the accept queue.' },
      { name: '64', means: 'Bytes that have come and that nobody has read: a request that waits.' },
    ],
    chapter: 'symptoms',
  },
  {
    id: 'descriptors',
    stage: 'epoll',
    line: 'ls /proc/$(pgrep -o puma)/fd | wc -l; grep "open files" /proc/$(pgrep -o puma)/limits',
    asks: 'How many descriptors has Puma open, and how many may it?',
    output: `11
Max open files            1344                 524288               files`,
    columns: [
      { name: '11', means: 'Open now. Each accepted connection takes one.' },
      { name: '1344', means: 'The soft limit: this is the one that accept4 meets, with EMFILE.' },
      { name: '524288', means: 'The hard limit: how far the process may raise the soft one by itself.' },
    ],
    chapter: 'epoll',
  },
  {
    id: 'nofile',
    stage: 'epoll',
    line: 'prlimit --pid $(pgrep -o puma) --nofile',
    asks: 'How many descriptors may it have?',
    output: `RESOURCE DESCRIPTION              SOFT   HARD UNITS
NOFILE   max number of open files 1344 524288 files`,
    columns: [
      {
        name: 'SOFT',
        means: 'The limit in force: beyond it accept() fails with EMFILE, and the queue fills.',
      },
      { name: 'HARD', means: 'How far the process may raise it by itself.' },
    ],
    chapter: 'epoll',
  },
  {
    id: 'strace-accept',
    stage: 'epoll',
    line: 'timeout 3 strace -f -c -e trace=accept4 -p $(pgrep -o puma)',
    asks: 'Does the process call accept, and does it succeed?',
    output: `% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
100.00    0.018887        4721         4           accept4`,
    columns: [
      { name: 'calls', means: 'How often it was called in these three seconds, by all threads.' },
      {
        name: 'errors',
        means:
          'Calls that failed. Empty: none. EAGAIN is harmless, EMFILE is not; run it without -c to see which.',
      },
    ],
    chapter: 'epoll',
  },
  {
    id: 'ps-wchan',
    stage: 'puma',
    line: "ps -eo pid,stat,wchan:20,args | grep '[p]uma'",
    asks: 'Which processes of the service are there, and do they live?',
    output: `    482 Tsl  do_signal_stop       puma 6.6.0 (tcp://0.0.0.0:80) [shop]
    484 Ssl  futex_wait_queue     puma 6.6.0 (tcp://0.0.0.0:80) [shop]`,
    columns: [
      {
        name: '482 Tsl',
        means:
          'The process and its state. T: it is stopped, and a socket that it listens on goes on being given connections.',
      },
      { name: '484 Ssl', means: 'S sleeps, R runs or could, D waits for a disk or the like.' },
      {
        name: 'futex_wait_queue',
        means: 'Where in the kernel its first thread sleeps. For Puma’s others see the next commands.',
      },
    ],
    chapter: 'reuseport',
  },
  {
    id: 'threads',
    stage: 'puma',
    line: 'ps -L -o tid,stat,pcpu,wchan:20,comm -p $(pgrep -o puma)',
    asks: 'Which of Puma’s threads work, and what do the others wait for?',
    output: `    TID STAT %CPU WCHAN                COMMAND
    290 Ssl   7.6 futex_wait_queue     puma
    310 Ssl   0.7 futex_wait_queue     puma srv tp 001
    311 Rsl   0.7 -                    puma srv tp 002
    319 Ssl   0.4 do_epoll_wait        puma reactor
    321 Ssl   1.6 do_select            puma srv`,
    columns: [
      {
        name: 'COMMAND',
        means:
          '“srv tp” are the threads that run requests, “srv” waits for new connections, “reactor” for slow clients.',
      },
      {
        name: 'WCHAN',
        means:
          'Where in the kernel it sleeps. futex_wait_queue in a “tp” thread: idle, or waiting for Ruby’s lock.',
      },
      { name: 'STAT', means: 'R runs or could, S sleeps, D waits for a disk or the like.' },
    ],
    chapter: 'userspace',
  },
  {
    id: 'top-threads',
    stage: 'puma',
    line: 'top -bHn1 -p $(pgrep -o puma) | tail -n +7 | head -8',
    asks: 'Which thread wants a whole processor?',
    output: `    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
    280 shop      20   0  189564  26596   9244 S   0.0  12.4   0:02.00 puma
    285 shop      20   0  189564  26596   9244 S   0.0  12.4   0:00.15 puma
    294 shop      20   0  189564  26596   9244 S   0.0  12.4   0:00.16 puma sr+
    295 shop      20   0  189564  26596   9244 S   0.0  12.4   0:00.31 puma sr+`,
    columns: [
      {
        name: '%CPU',
        means:
          'Of one processor, by this thread. Near 100: it computes, and more threads of Ruby help nothing.',
      },
      { name: 'TIME+', means: 'What it has used in all.' },
      { name: 'PID', means: 'With -H that of a thread: a folder in /proc/PID/task.' },
    ],
    chapter: 'symptoms',
  },
  {
    id: 'wchan',
    stage: 'puma',
    line: 'for t in /proc/$(systemctl show -P MainPID puma)/task/*; do echo "$(basename $t) $(cat $t/wchan) $(cat $t/comm)"; done | grep srv',
    asks: 'In one word for each of Puma’s threads: what does it wait for?',
    output: `491 do_sys_poll puma srv tp 001
492 do_sys_poll puma srv tp 002
493 do_sys_poll puma srv tp 003
495 futex_wait_queue puma srv tp rea
496 futex_wait_queue puma srv`,
    columns: [
      {
        name: '491 do_sys_poll',
        means: 'In work, and waiting for somebody else: an upstream, or a client who does not read.',
      },
      { name: 'futex_wait_queue', means: 'In a “tp” thread: for work, or for Ruby’s lock.' },
      {
        name: '496 futex_wait_queue',
        means:
          'The thread that accepts. In do_select it waits for connections; here it waits until a thread is free.',
      },
    ],
    chapter: 'userspace',
  },
  {
    id: 'time-wait',
    stage: 'app',
    line: 'ss -Htn state time-wait | wc -l',
    asks: 'How many ports are held by connections that are over?',
    output: '15',
    columns: [
      {
        name: '15',
        means:
          'Connections that this side closed first, kept for a minute. Many towards one upstream use up the local ports.',
      },
    ],
    chapter: 'symptoms',
  },
  {
    id: 'ports',
    stage: 'app',
    line: 'sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports',
    asks: 'How many ports are there for connections that go out?',
    output: `net.ipv4.ip_local_port_range = 32768	60999
net.ipv4.ip_local_reserved_ports =`,
    columns: [
      {
        name: 'ip_local_port_range',
        means: 'First and last. Each destination has all of them, and no more.',
      },
      { name: 'ip_local_reserved_ports', means: 'Of these, those that are never given by themselves.' },
    ],
    chapter: 'symptoms',
  },
]
