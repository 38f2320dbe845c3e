/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients and its price service saw outweighs what the guest
 * says of itself. Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf } from '../shop/clients.ts'
import { judgeApp, notBroken, type Side, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { judgePrices, upstreamOf } from '../shop/upstream.ts'
import { type Case, judgeClosing, judgeDurable, judgePorts, judgeServed } from './criteria.ts'
import { isKept, portsOf, withError, withoutPort } from './evidence.ts'
import { clientsInAMinute, crowd, portsNeeded } from './load.ts'
import type { Variant } from './variant.ts'

const stage = 'app'

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { usable, reuse } = portsOf(before)
  const { all, served, untrue, turnedAway } = clientsOf(before)
  const failed = withoutPort(before)
  if (usable !== variant.ports || reuse)
    return { ok: false, reason: `there are ${usable} local ports, not ${variant.ports}` }
  if (untrue + turnedAway > 0 || served === 0)
    return { ok: false, reason: `the shop answered ${served} of ${all} clients` }
  // A port serves one page a minute, so as many as there are more pages than ports must fail, whenever one looks.
  return failed >= crowd.morePages
    ? { ok: true }
    : { ok: false, reason: `only ${failed} of ${all} clients got an error page` }
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const { all, served } = clientsOf(after)
  const facts: Case = {
    before: sideOf(before),
    after: sideOf(after),
    ports: { before: portsOf(before), after: portsOf(after) },
    upstream: { before: upstreamOf(before), after: upstreamOf(after) },
    errors: { before: withError(before), after: withError(after) },
    kept: isKept(after),
    needed: portsNeeded(variant),
    served: all > 0 && served === all,
    found: answers?.stage === stage,
  }
  const { ports } = facts
  return {
    broken: judgeBaseline(before, variant),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        {
          // A gauge, seen four times: between these looks it may have stood higher, at all that a minute can leave. Each port is taken once, and so is each
          // connection of a client, which the server closes, too.
          id: 'TimeWaitSockets',
          share: 1,
          first: 1,
          now: Math.max(
            ports.before.allWaiting,
            ports.after.allWaiting,
            (ports.before.usable ?? 0) + clientsInAMinute(before.asked.length),
          ),
        },
      ],
      limit: ports.before.usable,
      limitNow: ports.after.usable,
    }),
    ports: judgePorts(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp({
      before: withoutKeeping(facts.before),
      after: withoutKeeping(facts.after),
      served: facts.served,
    }),
    prices: judgePrices(before, after, facts.served),
    closing: judgeClosing(facts),
  }
}

/** Whether the shop keeps its connections is the one setting that may be another afterwards. */
function withoutKeeping(side: Side): Side {
  const { puma } = side.server
  const settings = puma?.settings.replace(/^SHOP_UPSTREAM_KEEPALIVE=.*$/m, '') ?? ''
  return { ...side, server: { ...side.server, puma: puma && { ...puma, settings } } }
}

function judgeBaseline(before: Evidence, variant: Variant): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { all } = clientsOf(before)
  const failed = withError(before)
  return {
    status: 'pass',
    share: 1,
    feedback: `${failed} of ${all} clients got an error page.`,
    evidence: [{ label: 'Clients that got an error page', after: `${failed} of ${all}` }],
  }
}
