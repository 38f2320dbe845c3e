/**
 * The lab fd-limit: a server that may not open one more descriptor, and so cannot accept. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, descriptorsOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'fd-limit',
    title: 'Connected, and never answered',
    chapter: 'epoll',
    stage: 'epoll',
    minutes: 30,
    difficulty: 'steady',
    objectives: [
      'Watch a running server’s system calls and read what they return',
      'Tell a connection that the kernel has finished from one that the server has accepted',
      'Find out which limits a running process has, and who gave them to it',
      'Change a limit of a service so that it holds now and at the next start',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'limits', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Whoever asks is answered', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
    { id: 'idle', kind: 'collateral', title: 'Whoever is slow to ask may stay', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ cause }) => [cause],
  machine: () => ({ nic: 'vmxnet3', vcpus: 2, memoryMb: 256, prepare: '' }),
  env: ({ cause, limit, remark }) => ({ LAB_CAUSE: cause, LAB_LIMIT: `${limit}`, LAB_REMARK: remark }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant) {
    // The first client alone shows that the server answers at all within the time; on a busy host, or just restored, it may need more.
    for (const patienceMs of [400, 1_000, 3_000, 9_000]) {
      const { results } = await world.load(probePlan(variant, patienceMs))
      const [first, ...others] = results
      if (others.slice(-3).some(({ outcome }) => outcome === 'ok')) break
      if (first?.outcome === 'ok') return
    }
    throw new InfrastructureError(
      'The machine was set up, but its clients are served as if nothing were broken.',
    )
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'epoll',
    counter: 'OpenDescriptors',
    value: descriptorsOf(before).most,
    limit: descriptorsOf(before).limit ?? 0,
    why: 'Puma has as many descriptors open as it may: accept4 fails with EMFILE, and whoever is connected waits in the accept queue.',
  }),
})
