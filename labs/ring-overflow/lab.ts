/**
 * The lab ring-overflow: a receive ring that is too short for bursts, so that the NIC has nowhere to put what arrives. Puts its parts together.
 */
import { hostOf } from '../datagrams/evidence.ts'
import { datagramMachine } from '../datagrams/machine.ts'
import { mustLose } from '../datagrams/probe.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'ring-overflow',
    title: 'Telemetry with holes',
    chapter: 'nic',
    stage: 'ring',
    minutes: 25,
    difficulty: 'first steps',
    objectives: [
      'Tell a loss below the kernel’s own counters from one above them',
      'Read a network card’s own statistics and find the line that counts a loss',
      'Tell a setting that is written in a file from the one in force',
      'Change a setting of a network card so that it holds now and after the next boot',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'Datagrams were lost', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'ring', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'delivered', kind: 'behaviour', title: 'Every burst arrives whole', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
    { id: 'collector', kind: 'collateral', title: 'Collector and firewall are as they were', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ left }) => [left],
  machine: () => datagramMachine('vmxnet3'),
  env: ({ left, ring }) => ({ LAB_LEFT: left, LAB_RING: `${ring}` }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  verifyBroken: ({ world }, variant, seed) => mustLose(world, probePlan(variant, seed)),
  collect,
  brokenBaseline,
  judge,
  referenceAnswers(before) {
    const { ring, outOfBuffer } = hostOf(before)
    return {
      stage: 'ring',
      counter: 'RxOutOfBuffer',
      value: outOfBuffer.now ?? 0,
      limit: ring.rx ?? 0,
      why: 'A burst fills the receive ring faster than the softirq empties it; what comes then finds no descriptor.',
    }
  },
})
