/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world counted outweighs what the guest says of itself. Knows no machine.
 */
import { judgeBaseline, judgeCollector, judgeDelivered, judgeShop } from '../datagrams/criteria.ts'
import { hostOf } from '../datagrams/evidence.ts'
import { isDelivered, volleysOf } from '../datagrams/volleys.ts'
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { type Case, judgeDurable, judgeQueue } from './criteria.ts'
import { steeringAtBoot, steeringOf } from './evidence.ts'
import type { Variant } from './variant.ts'

const stage = 'softirq'

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { backlog, isOn } = steeringOf(before)
  const { sent, lost, delivered } = volleysOf(before)
  if (backlog !== variant.backlog || !isOn) {
    return { ok: false, reason: `the queue holds ${backlog}, not ${variant.backlog}, or is not used` }
  }
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
    steering: { before: steeringOf(before), after: steeringOf(after) },
    atBoot: steeringAtBoot(after),
    served: isDelivered(volleysOf(after)),
    found: answers?.stage === stage,
  }
  const { host, steering } = facts
  return {
    broken: judgeBaseline(facts, brokenBaseline(before, variant)),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        {
          id: 'SoftnetDropped',
          share: 1,
          first: host.before.backlogDrops.first,
          now: host.after.backlogDrops.now,
        },
      ],
      limit: steering.before.backlog,
      limitNow: steering.after.backlog,
    }),
    queue: judgeQueue(facts),
    durable: judgeDurable(facts),
    delivered: judgeDelivered(facts),
    app: judgeShop(facts),
    collector: judgeCollector(facts),
  }
}
