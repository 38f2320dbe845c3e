/**
 * The lab accept-queue: a listener whose accept queue is too short for the bursts that its clients come in. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import { countersAfterLoad, type Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, queueOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'accept-queue',
    title: 'The shop that hangs in waves',
    chapter: 'accept-queue',
    stage: 'accept-queue',
    minutes: 25,
    difficulty: 'steady',
    objectives: [
      'Tell from a server’s own counters whether it loses clients before the application sees them',
      'Read the fill and the limit of a listening socket',
      'Explain which of two settings is in force, and since when',
      'Change a limit so that it holds for the running server',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'queue', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Every client is served at the first attempt', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
    { id: 'clients', kind: 'collateral', title: 'No client is turned away', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ cause, threads }) => [cause, `${threads} threads`],
  machine: ({ threads }) => ({
    nic: 'vmxnet3',
    vcpus: 2,
    memoryMb: 256,
    prepare: threads === 8 ? '' : fewerThreads,
  }),
  env: ({ cause, limit, trace }) => ({ LAB_CAUSE: cause, LAB_LIMIT: `${limit}`, LAB_TRACE: trace }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant, seed) {
    // Over with the first segment that a client sends again, 0.2 s after the burst; patience is for a busy host.
    const { netstat } = await world.load(probePlan(variant, seed, 3_000), { until: 'retransmission' })
    if (netstat.retransSegs > 0) return
    throw new InfrastructureError(
      'The machine was set up, but its clients are served as if nothing were broken.',
    )
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'accept-queue',
    counter: 'TcpExtListenOverflows',
    value: countersAfterLoad(before).TcpExtListenOverflows ?? 0,
    limit: queueOf(before).limit ?? 0,
    why: 'Bursts of clients fill the accept queue; what comes then is dropped and sent again.',
  }),
})

/** The image starts Puma with eight threads. A restart takes seconds under emulation, so this goes into a template. */
const fewerThreads =
  "sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=4/' /etc/default/puma && systemctl restart puma\n"
