/**
 * The lab silent-drop: one range of far clients hears nothing from a server that everybody else reaches. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { firewallMachine } from '../shop/firewall.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, proofOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, groupOf, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'silent-drop',
    title: 'The customers who hear nothing',
    chapter: 'ip',
    stage: 'ip',
    minutes: 25,
    difficulty: 'steady',
    objectives: [
      'Follow a packet that arrives and is never answered to the place where it ends',
      'Tell which rule or which check of the kernel drops it, by what that counts',
      'Name exactly whom it concerns',
      'Let them in again, and nobody else',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'cause', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Clients near and far are served', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 5 },
    { id: 'firewall', kind: 'collateral', title: 'Nobody else is let in', maxPoints: 10 },
  ],
  variant: variantOf,
  causes: ({ cause }) => [cause],
  machine: () => firewallMachine,
  env: ({ cause, range, trace }) => ({ LAB_CAUSE: cause, LAB_RANGE: range, LAB_TRACE: trace }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant, seed) {
    // Silence for some and not for others; on a busy host the others, too, need a while.
    for (const patienceMs of [250, 600, 1_500]) {
      const plan = probePlan(variant, seed, patienceMs)
      const { results } = await world.load(plan)
      const isAsMeant = results.every(({ outcome }, i) => {
        const isLost = groupOf(variant, plan.requests[i]?.src ?? '') === 'lost'
        return (outcome === 'connect-timeout') === isLost
      })
      if (isAsMeant) return
    }
    throw new InfrastructureError('The machine was set up, but the clients of the range are not lost alone.')
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before, variant) => {
    const { id, end } = proofOf(before, variant)
    return {
      stage: 'ip',
      counter: id,
      value: end ?? 0,
      limit: variant.length,
      why: 'Packets from this range are dropped before any socket sees them.',
    }
  },
})
