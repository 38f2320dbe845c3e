/**
 * What this lab asks: one limit or one count at each stage of the path. A queue is asked for its limit, not for how much may wait in it: that is one
 * more in a backlog and an accept queue, and less of half-open connections. Knows no machine and no answer.
 */
import type { CriterionSpec, Question } from '../schema.ts'

export const questions = [
  {
    id: 'ring',
    stage: 'ring',
    text: 'How many descriptors does the receive ring of eth0 have, as it is set now?',
    unit: 'descriptors',
  },
  {
    id: 'backlog',
    stage: 'softirq',
    text: 'What limit is in force for the backlog of a CPU?',
    unit: 'packets',
  },
  {
    id: 'processed',
    stage: 'softirq',
    text: 'How many packets has the softirq processed since the boot, on all CPUs together?',
    unit: 'packets (decimal)',
  },
  {
    id: 'connections',
    stage: 'conntrack',
    text: 'How many connections can this kernel remember at most?',
    unit: 'entries',
  },
  {
    id: 'half-open',
    stage: 'syn-queue',
    text: 'What is the kernel’s own limit for half-open connections, which it looks at when it may not use cookies?',
    unit: 'connections',
  },
  {
    id: 'accept',
    stage: 'accept-queue',
    text: 'What limit is in force for the accept queue of port 80?',
    unit: 'connections',
  },
  {
    id: 'opened',
    stage: 'accept-queue',
    text: 'How many connections have clients opened to this server since the boot?',
    unit: 'connections',
  },
  {
    id: 'receive-buffer',
    stage: 'socket-buffer',
    text: 'How much receive buffer does a TCP socket begin with that is made now?',
    unit: 'bytes',
  },
  {
    id: 'descriptors',
    stage: 'epoll',
    text: 'How many files and sockets may the running Puma have open at once?',
    unit: 'descriptors',
  },
  {
    id: 'threads',
    stage: 'puma',
    text: 'How many requests can Puma work on at the same time?',
    unit: 'threads',
  },
] as const satisfies Question[]

export type QuestionId = (typeof questions)[number]['id']

const titles: Record<QuestionId, string> = {
  ring: 'The receive ring',
  backlog: 'The backlog of a CPU',
  processed: 'What the softirq has processed',
  connections: 'The table of connections',
  'half-open': 'Half-open connections',
  accept: 'The accept queue of port 80',
  opened: 'Connections opened',
  'receive-buffer': 'The receive buffer of a new socket',
  descriptors: 'Puma’s descriptors',
  threads: 'Puma’s threads',
}

export const questionCriteria: CriterionSpec[] = questions.map(({ id }) => ({
  id,
  kind: 'diagnosis',
  title: titles[id],
  maxPoints: 6,
}))
