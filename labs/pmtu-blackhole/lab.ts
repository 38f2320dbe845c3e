/**
 * The lab pmtu-blackhole: a way that is narrower than the server's packets, and a server that does not hear of it. Puts its parts together.
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
    id: 'pmtu-blackhole',
    title: 'The pictures that never come',
    chapter: 'ip',
    stage: 'ip',
    minutes: 30,
    difficulty: 'hard',
    objectives: [
      'Recognise by what comes and what does not that it is the size of packets that matters',
      'Read from a server’s own packets how much the way to a client lets through',
      'Follow the message that a server depends on to the place where it ends',
      'Let a firewall keep out strangers without making the server deaf',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'cause', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Pages and pictures come, near and far', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 5 },
    { id: 'firewall', kind: 'collateral', title: 'Nobody else is let in', maxPoints: 10 },
  ],
  variant: variantOf,
  causes: ({ cause }) => [cause],
  machine: () => firewallMachine,
  env: ({ cause, mtu, rule, trace }) => ({
    LAB_CAUSE: cause,
    LAB_MTU: `${mtu}`,
    LAB_RULE: rule,
    LAB_TRACE: trace,
  }),
  surroundings: ({ mtu }) => ({ wan: { mtu } }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant, seed) {
    // The far pictures do not come and all else does; on a busy host the others, too, need a while.
    for (const patienceMs of [300, 700, 2_000, 6_000]) {
      const plan = probePlan(variant, seed, patienceMs)
      const { results } = await world.load(plan)
      const isAsMeant = plan.requests.every((one, i) =>
        groupOf(one) === 'far picture'
          ? results[i]?.outcome === 'read-timeout'
          : results[i]?.outcome === 'ok',
      )
      if (isAsMeant && (await world.stats()).wan.tooBig > 0) return
    }
    throw new InfrastructureError(
      'The machine was set up, but it is not the far pictures alone that are lost.',
    )
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before, variant) => ({
    stage: 'ip',
    counter: 'NftRulePackets',
    value: proofOf(before, variant).end ?? 0,
    limit: variant.mtu,
    why: 'Routers report that packets are too long, and a rule drops these reports; the server repeats what can never arrive.',
  }),
})
