/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf } from '../shop/clients.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import { countersAfterLoad, type Evidence } from '../shop/evidence.ts'
import { isServed } from '../shop/served.ts'
import { type Case, judgeClients, judgeDurable, judgeQueue, judgeServed } from './criteria.ts'
import { atBoot, queueOf } from './evidence.ts'
import { largestBurst } from './load.ts'
import type { Variant } from './variant.ts'

const stage = 'accept-queue'
/** While the queue is too short: above 60 was seen. */
const leastRetransmissions = 10

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { limit } = queueOf(before)
  const { retransmitted, served, all, untrue } = clientsOf(before)
  if (limit !== variant.limit)
    return { ok: false, reason: `the listener's limit is ${limit}, not ${variant.limit}` }
  if (untrue > 0 || served < all / 20)
    return { ok: false, reason: `the shop answered ${served} of ${all} clients` }
  return retransmitted > leastRetransmissions
    ? { ok: true }
    : { ok: false, reason: `the clients repeated only ${retransmitted} segments` }
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const facts: Case = {
    before: sideOf(before),
    after: sideOf(after),
    queue: { before: queueOf(before), after: queueOf(after), atBoot: atBoot(after) },
    needed: largestBurst(after.asked.map(({ atMs }) => atMs)) - variant.threads - 1,
    served: isServed(clientsOf(after)),
    found: answers?.stage === stage,
  }
  const now = countersAfterLoad(after)
  const counter = (id: string) => ({
    id,
    first: facts.before.server.counters[id] ?? null,
    now: now[id] ?? null,
  })
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        { ...counter('TcpExtListenOverflows'), share: 1 },
        // Each overflow counts here, too, but so does every other loss at a listener: see notes.md.
        {
          ...counter('TcpExtListenDrops'),
          share: 0.5,
          why: 'TcpExtListenDrops counts whatever a listener drops, for whatever reason; it alone does not tell which queue was full.',
        },
      ],
      limit: facts.queue.before.limit,
      limitNow: facts.queue.after.limit,
    }),
    queue: judgeQueue(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp(facts),
    clients: judgeClients(facts),
  }
}

function judgeBaseline(before: Evidence, variant: Variant, facts: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { all, retransmitted } = facts.before.clients
  const feedback = `${all} clients had to send ${retransmitted} segments again.`
  return {
    status: 'pass',
    share: 1,
    feedback,
    evidence: [{ label: 'Segments sent again by the clients', after: `${retransmitted}` }],
  }
}
