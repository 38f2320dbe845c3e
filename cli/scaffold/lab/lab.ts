/**
 * The lab new-lab: TODO in one sentence, what is wrong with the server. Puts its parts together.
 */
import { InfrastructureError } from '../../../grader/guest.ts'
import { diagnosisCriteria } from '../../../labs/diagnosis.ts'
import { defineLab } from '../../../labs/schema.ts'
import { countersAfterLoad, type Evidence } from '../../../labs/shop/evidence.ts'
import { brokenBaseline, judge, truth } from './checks.ts'
import { collect } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'new-lab',
    // TODO the symptom as somebody would tell it, never the cause.
    title: 'TODO',
    // TODO the slug of the chapter that holds it, and its <Lab id="new-lab" /> there.
    chapter: 'symptoms',
    stage: truth.stage,
    minutes: 30,
    difficulty: 'steady',
    // TODO three or four, each beginning with a verb.
    objectives: ['TODO'],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'cause', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Every client is served', maxPoints: 40 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
  ],
  variant: variantOf,
  causes: ({ cause }) => [cause],
  machine: () => ({ nic: 'vmxnet3', vcpus: 2, memoryMb: 256, prepare: '' }),
  env: ({ cause, limit, remark }) => ({ LAB_CAUSE: cause, LAB_LIMIT: `${limit}`, LAB_REMARK: remark }),
  background: (_variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(seed) }),
  async verifyBroken({ world }, _variant, seed) {
    // A busy host, or one that was just restored, needs longer: patience grows before anybody says that it is not broken.
    for (const patienceMs of [400, 1_000, 3_000]) {
      const { results } = await world.load(probePlan(seed, patienceMs))
      // TODO what the clients of a broken server meet.
      if (results.some(({ outcome }) => outcome !== 'ok')) return
    }
    throw new InfrastructureError(
      'The machine was set up, but its clients are served as if nothing were broken.',
    )
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before, { limit }) => ({
    stage: truth.stage,
    counter: truth.counter,
    value: countersAfterLoad(before)[truth.counter] ?? 0,
    limit,
    why: 'TODO in one or two sentences, what a perfect learner would say.',
  }),
})
