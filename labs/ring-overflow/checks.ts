/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world counted outweighs what the guest says of itself. Knows no machine.
 */
import {
  type DatagramSides,
  judgeBaseline,
  judgeCollector,
  judgeShop,
  mostSince,
} from '../datagrams/criteria.ts'
import { hostOf } from '../datagrams/evidence.ts'
import { isDelivered, volleysOf } from '../datagrams/volleys.ts'
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { type Case, judgeArrived, judgeDurable, judgeRing } from './criteria.ts'
import { backgroundBurst, backgroundEveryMs } from './load.ts'
import type { Variant } from './variant.ts'

const stage = 'ring'

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { ring } = hostOf(before)
  const { sent, lost, delivered } = volleysOf(before)
  if (ring.rx !== variant.ring) return { ok: false, reason: `the ring holds ${ring.rx}, not ${variant.ring}` }
  if (delivered === 0) return { ok: false, reason: `none of ${sent} datagrams arrived` }
  return lost > sent / 20
    ? { ok: true }
    : { ok: false, reason: `only ${lost} of ${sent} datagrams were lost` }
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
    host: { before: hostOf(before), after: hostOf(after) },
    volleys: { before: volleysOf(before), after: volleysOf(after) },
    served: isDelivered(volleysOf(after)),
    found: answers?.stage === stage,
  }
  const { host } = facts
  return {
    broken: judgeBaseline(facts, brokenBaseline(before, variant)),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        { id: 'RxOutOfBuffer', share: 1, first: host.before.outOfBuffer.first, now: mostSeen(facts) },
      ],
      limit: host.before.ring.rx,
      limitNow: host.after.ring.rx,
    }),
    ring: judgeRing(facts),
    durable: judgeDurable(facts),
    delivered: judgeArrived(facts),
    app: judgeShop(facts),
    collector: judgeCollector(facts),
  }
}

/** The NIC counts from nothing again whenever its ring is changed, so who reads first and mends then has seen more than it shows now. */
function mostSeen({ host: { before, after }, volleys }: DatagramSides): number | null {
  const checkEveryMs = 10_000
  const perSecond = (1000 * backgroundBurst) / backgroundEveryMs + (1000 * volleys.before.sent) / checkEveryMs
  return mostSince(
    { value: before.outOfBuffer.now, uptimeS: before.uptimeS },
    { value: after.outOfBuffer.now, uptimeS: after.uptimeS },
    perSecond,
  )
}
