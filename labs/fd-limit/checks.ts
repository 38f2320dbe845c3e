/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { type Case, judgeDurable, judgeIdle, judgeLimit, judgeServed } from './criteria.ts'
import { crowdsOf, descriptorsOf, uptimeS } from './evidence.ts'
import type { Variant } from './variant.ts'

const stage = 'epoll'
/** Puma with its threads, libraries and pipes, and the clients of one moment that ask. */
const ownDescriptors = 24
/**
 * Failing costs Puma a select, an accept, an exception and a line of its log each time: some fifty millionths of a second on the quickest host. The crowd
 * that it fails for is there for a tenth of the time.
 */
const mostErrorsASecond = 2_000

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { limit } = descriptorsOf(before)
  const { askers, idle } = crowdsOf(before)
  if (limit !== variant.limit) return { ok: false, reason: `Puma’s limit is ${limit}, not ${variant.limit}` }
  if (askers.untrue + idle.untrue + askers.turnedAway > 0 || askers.served + idle.served === 0)
    return { ok: false, reason: `the shop answered ${askers.served} of ${askers.all} clients` }
  return askers.served <= askers.all / 2
    ? { ok: true }
    : { ok: false, reason: `the shop answered ${askers.served} of ${askers.all} clients in time` }
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const crowds = { before: crowdsOf(before), after: crowdsOf(after) }
  const { askers } = crowds.after
  const descriptors = { before: descriptorsOf(before), after: descriptorsOf(after) }
  const facts: Case = {
    before: sideOf(before),
    after: sideOf(after),
    descriptors,
    crowds,
    needed: variant.idle + ownDescriptors,
    served: askers.all > 0 && askers.served === askers.all,
    found: answers?.stage === stage,
  }
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        // Gauges: they stood at any value up to the most at some moment.
        {
          id: 'OpenDescriptors',
          share: 1,
          first: descriptors.before.fewest,
          now: Math.max(descriptors.before.most, descriptors.after.most),
        },
        // strace counts its own time alone, so nobody can say how many one has seen: no more than there can have been since the machine began.
        { id: 'AcceptEmfile', share: 1, first: 1, now: Math.round(mostErrorsASecond * uptimeS(after)) },
        {
          id: 'ListenRecvQ',
          share: 0.5,
          why: 'ListenRecvQ tells that connections wait to be accepted, not what keeps the server from accepting them.',
          first: 1,
          now: Math.max(descriptors.before.mostWaiting, variant.idle + askers.all),
        },
      ],
      limit: descriptors.before.limit,
      limitNow: descriptors.after.limit,
    }),
    limits: judgeLimit(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp(facts),
    idle: judgeIdle(facts),
  }
}

function judgeBaseline(before: Evidence, variant: Variant, { crowds }: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { all, silent } = crowds.before.askers
  return {
    status: 'pass',
    share: 1,
    feedback: `${silent} of ${all} clients gave up waiting.`,
    evidence: [{ label: 'Clients that gave up waiting', after: `${silent} of ${all}` }],
  }
}
