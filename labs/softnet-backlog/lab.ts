/**
 * The lab softnet-backlog: packets steered to other processors, where hardly any may wait. Puts its parts together.
 */

import { hostOf } from '../datagrams/evidence.ts'
import { datagramMachine } from '../datagrams/machine.ts'
import { mustLose } from '../datagrams/probe.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, steeringOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'softnet-backlog',
    title: 'Two processors, half the readings',
    chapter: 'softirq',
    stage: 'softirq',
    minutes: 30,
    difficulty: 'steady',
    objectives: [
      'Read what each processor’s softirq has done, and what it dropped, in columns without names',
      'Tell which queues a received packet really passes on this server, and who made it so',
      'Find two settings that do harm only together',
      'Change them so that it holds now and after the next boot',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'Datagrams were lost', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'queue', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'delivered', kind: 'behaviour', title: 'Every burst arrives whole', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
    { id: 'collector', kind: 'collateral', title: 'Collector and firewall are as they were', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ mask, left }) => [mask, left],
  machine: () => datagramMachine('vmxnet3'),
  env: ({ mask, backlog, left, file }) => ({
    LAB_MASK: mask,
    LAB_BACKLOG: `${backlog}`,
    LAB_LEFT: left,
    LAB_FILE: file,
  }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  verifyBroken: ({ world }, variant, seed) => mustLose(world, probePlan(variant, seed)),
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'softirq',
    counter: 'SoftnetDropped',
    value: hostOf(before).backlogDrops.now ?? 0,
    limit: steeringOf(before).backlog ?? 0,
    why: 'Packets are steered to another processor, whose queue of waiting packets has hardly any room.',
  }),
})
