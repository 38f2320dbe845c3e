/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients and its price service saw outweighs what the guest
 * says of itself. Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf } from '../shop/clients.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { type Case, judgeDurable, judgePool, judgePrices, judgeServed } from './criteria.ts'
import { answeredOf, poolOf, pricesOf } from './evidence.ts'
import { threadsEnough, threadsNeeded } from './load.ts'
import type { Variant } from './variant.ts'

const stage = 'puma'

export function brokenBaseline(
  before: Evidence,
  { threads }: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { all, served, untrue, turnedAway } = clientsOf(before)
  const { mostOpen } = pricesOf(before)
  const { running, listenOverflows } = poolOf(before)
  if (running !== threads || mostOpen !== threads)
    return {
      ok: false,
      reason: `Puma has ${running} threads, and ${mostOpen} asked for prices, where ${threads} should`,
    }
  if (untrue > 0 || turnedAway > 0)
    return { ok: false, reason: `${untrue + turnedAway} of ${all} clients did not get the shop’s answer` }
  if (listenOverflows > 0) return { ok: false, reason: `the accept queue was full ${listenOverflows} times` }
  return served < all * 0.8
    ? { ok: true }
    : { ok: false, reason: `the shop answered ${served} of ${all} clients in time` }
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const clients = clientsOf(after)
  const facts: Case = {
    before: sideOf(before),
    after: sideOf(after),
    pool: { before: poolOf(before), after: poolOf(after) },
    prices: { before: pricesOf(before), after: pricesOf(after) },
    answered: { before: answeredOf(before), after: answeredOf(after) },
    needed: threadsNeeded(variant),
    enough: threadsEnough(after.asked, variant),
    served: clients.all > 0 && clients.served === clients.all,
    found: answers?.stage === stage,
  }
  const { running, mostWaiting } = facts.pool.before
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        // Gauges: they stood at any of these values at some moment, and never above.
        { id: 'BusyThreads', share: 1, first: 1, now: running },
        { id: 'UpstreamConnections', share: 1, first: 1, now: facts.prices.before.mostOpen },
        {
          id: 'ListenRecvQ',
          share: 0.5,
          why: 'ListenRecvQ tells that connections wait to be accepted, not why nobody accepts them: in a burst on a healthy server it moves, too.',
          first: 1,
          now: Math.max(mostWaiting, facts.before.clients.all),
        },
      ],
      limit: running,
      limitNow: facts.pool.after.running,
    }),
    pool: judgePool(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp(facts),
    prices: judgePrices(facts),
  }
}

function judgeBaseline(before: Evidence, variant: Variant, facts: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { all, silent } = facts.before.clients
  return {
    status: 'pass',
    share: 1,
    feedback: `${silent} of ${all} clients gave up waiting.`,
    evidence: [{ label: 'Clients that gave up waiting', after: `${silent} of ${all}` }],
  }
}
