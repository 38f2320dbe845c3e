/**
 * The lab reuseport: two listening sockets on one port, and nobody accepts from one of them. Puts its parts together.
 */
import { InfrastructureError, type RequestResult } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, doorsOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { machine } from './machine.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'reuseport',
    title: 'The shop that answers every second customer',
    chapter: 'reuseport',
    stage: 'accept-queue',
    minutes: 30,
    difficulty: 'hard',
    objectives: [
      'Tell customers who are lost by chance from customers who are lost by a rule',
      'Read which processes hold the listening sockets of a port, and what waits in each of them',
      'Explain how the kernel chooses among several listeners of one port',
      'End a listener so that it stays ended',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'doors', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Every client is served', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
    { id: 'clients', kind: 'collateral', title: 'No client is turned away', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ cause }) => [cause],
  machine: () => machine,
  env: ({ cause, limit, minutes, remark }) => ({
    LAB_CAUSE: cause,
    LAB_LIMIT: `${limit}`,
    LAB_MINUTES: `${minutes}`,
    LAB_REMARK: remark,
  }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, _variant, seed) {
    for (const patienceMs of [350, 700, 1_500, 4_000, 8_000]) {
      const { results } = await world.load(probePlan(seed, patienceMs))
      if (isSplit(results, patienceMs)) return
    }
    throw new InfrastructureError(
      'The machine was set up, but its clients are served as if nothing were broken.',
    )
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before, { limit }) => ({
    stage: 'accept-queue',
    counter: 'ListenRecvQ',
    value: doorsOf(before).mostWaiting,
    limit,
    why: 'Two sockets listen on port 80; the kernel deals each connection to one of them by a hash, and nobody accepts from the second.',
  }),
})

/** Some are answered early, some not at all, and nobody in between: on a host that is only slow, the last answers come near the end. */
function isSplit(results: RequestResult[], patienceMs: number): boolean {
  const answered = results.filter(({ outcome }) => outcome === 'ok')
  const late = answered.filter(({ totalUs }) => totalUs / 1000 > patienceMs * 0.8)
  return answered.length >= 2 && late.length === 0 && results.length - answered.length >= 2
}
