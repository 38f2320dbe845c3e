/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf } from '../shop/clients.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import { countersAfterLoad, type Evidence } from '../shop/evidence.ts'
import { isServed, judgeServed } from '../shop/served.ts'
import { type Case, judgeClients, judgeDurable, judgeQueue } from './criteria.ts'
import { atBoot, heardOf, queueOf } from './evidence.ts'
import { holds, limitInForce } from './queue.ts'
import type { Variant } from './variant.ts'

const stage = 'syn-queue'

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false, reason }) as const
  const queue = queueOf(before)
  const { served, all, untrue } = clientsOf(before)
  const { id, first, now } = proofOf(before, before, variant)
  if (queue.cookies !== 0) return no(`cookies stand at ${queue.cookies}`)
  if (limitInForce(queue) !== variant.limit)
    return no(`the limit in force is ${limitInForce(queue)}, not ${variant.limit}`)
  if (untrue > 0) return no(`${untrue} answers were not the shop's`)
  if (served > all / 2) return no(`the shop answered ${served} of ${all} clients`)
  return first !== null && now !== null && now > first ? { ok: true } : no(`${id} did not move`)
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const both = <T>(of: (evidence: Evidence) => T) => ({ before: of(before), after: of(after) })
  const facts: Case = {
    ...both(sideOf),
    queue: { ...both(queueOf), atBoot: atBoot(after) },
    heard: both((one) => heardOf(one, variant)),
    pps: variant.pps,
    served: isServed(clientsOf(after)),
    found: answers?.stage === stage,
  }
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: countersOfTruth(before, after, variant),
      limit: limitInForce(facts.queue.before),
      limitNow: limitInForce(facts.queue.after),
    }),
    queue: judgeQueue(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp(facts),
    clients: judgeClients(facts),
  }
}

/** The counter that tells this queue from all others, where it stood at the first sample and where after the check. */
export function proofOf(before: Evidence, after: Evidence, { bound }: Variant) {
  return counter(before, after, bound === 'syn-backlog' ? 'TcpExtListenDrops' : 'TcpExtTCPReqQFullDrop')
}

/**
 * Of a listener's limit the kernel counts its own drops. Of tcp_max_syn_backlog it does not: then the drops of the listener, which are counted for
 * whatever reason, are all there is, and the proof is that nothing else counts them.
 */
function countersOfTruth(before: Evidence, after: Evidence, variant: Variant) {
  const full = holds(queueOf(before)) ?? variant.limit
  const drops = {
    ...counter(before, after, 'TcpExtListenDrops'),
    share: 0.5,
    why: 'TcpExtListenDrops counts whatever a listener drops, for whatever reason. On this machine another counter tells the reason.',
  }
  const sockets = {
    id: 'SynRecvSockets',
    share: 0.5,
    why: 'SynRecvSockets says how many wait half open; whether anybody was lost for that, another number counts.',
    first: 1,
    now: full + 1,
  }
  return [{ ...proofOf(before, after, variant), share: 1 }, drops, sockets]
}

const counter = (before: Evidence, after: Evidence, id: string) => ({
  id,
  first: sideOf(before).server.counters[id] ?? null,
  now: countersAfterLoad(after)[id] ?? null,
})

function judgeBaseline(before: Evidence, variant: Variant, facts: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { heard, found } = facts
  const { all, served } = facts.before.clients
  return {
    status: 'pass',
    share: 1,
    feedback: `${served} of ${all} clients were answered.`,
    evidence: [
      { label: 'Clients without an answer', after: `${all - served}` },
      ...(found ? [{ label: 'Forged requests meanwhile', after: `${heard.before.forged}` }] : []),
    ],
  }
}
