/**
 * The lab syn-flood: half-open connections of forged senders keep everybody else out. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge, proofOf } from './checks.ts'
import { collect, queueOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan, probes } from './load.ts'
import { limitInForce } from './queue.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'syn-flood',
    title: 'The idle server that nobody reaches',
    chapter: 'syn-queue',
    stage: 'syn-queue',
    minutes: 30,
    difficulty: 'steady',
    objectives: [
      'See which state the connections of a server are in before anybody accepts them',
      'Tell which of several numbers bounds them, by what moves and what stands still',
      'Explain what a kernel must remember of a client who has only knocked',
      'Let real clients in without knowing who is real',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'queue', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Every client is served at the first attempt', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 5 },
    { id: 'clients', kind: 'collateral', title: 'Nobody is shut out', maxPoints: 10 },
  ],
  variant: variantOf,
  causes: ({ bound, place }) => [bound, place],
  machine: () => ({ nic: 'vmxnet3', vcpus: 2, memoryMb: 256, prepare: '' }),
  env: ({ bound, limit, place, trace }) => ({
    LAB_BOUND: bound,
    LAB_LIMIT: `${limit}`,
    LAB_PLACE: place,
    LAB_TRACE: trace,
  }),
  surroundings: ({ pps }) => ({ flood: { pps, dst: '198.18.0.2', port: 80 } }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant, seed) {
    // The queue is full after a quarter of a second; whoever knocks then hears nothing for a second. On a busy host both take longer.
    for (const patienceMs of [300, 500, 900, 900]) {
      // Who knocked before it was full got in, and is known to the kernel, which keeps them some room: the next ones are others.
      const { flood } = await world.stats()
      const { results } = await world.load(probePlan(seed, flood.sent, patienceMs))
      const unheard = results.filter(({ outcome }) => outcome === 'connect-timeout').length
      if (unheard >= probes - 2 && (await world.stats()).flood.sent > variant.limit) return
    }
    throw new InfrastructureError('The machine was set up, but its clients get in as if nothing were broken.')
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers(before, variant) {
    const { id, now } = proofOf(before, before, variant)
    return {
      stage: 'syn-queue',
      counter: id,
      value: now ?? 0,
      limit: limitInForce(queueOf(before)) ?? 0,
      why: 'Half-open connections of forged senders fill the queue; the SYN of whoever comes then is dropped.',
    }
  },
})
