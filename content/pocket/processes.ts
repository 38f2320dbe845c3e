/** Where packets have become the work of a process. */
import type { PocketCommand } from '../pocket-schema.ts'

export const processes: PocketCommand[] = [
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
]
