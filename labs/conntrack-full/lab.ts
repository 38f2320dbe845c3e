/**
 * The lab conntrack-full: a table of connections that is too small for the clients that come. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { firewallMachine } from '../shop/firewall.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, tablesOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'conntrack-full',
    title: 'The shop that lets in a few and then nobody',
    chapter: 'conntrack',
    stage: 'conntrack',
    minutes: 25,
    difficulty: 'steady',
    objectives: [
      'Find out whether packets are lost before any socket or firewall rule has seen them',
      'Tell what a kernel remembers about connections, how much of it, and for how long',
      'Compute how much room a server needs from its rate of connections',
      'Mend it without opening the firewall',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'table', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Every client is served at the first attempt', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 5 },
    {
      id: 'firewall',
      kind: 'collateral',
      title: 'The firewall keeps out whom it kept out',
      maxPoints: 10,
    },
  ],
  variant: variantOf,
  causes: ({ place, closedS }) => [place, closedS === 120 ? 'ceiling' : 'ceiling and lifetime'],
  machine: () => firewallMachine,
  env: ({ place, limit, closedS, trace }) => ({
    LAB_PLACE: place,
    LAB_LIMIT: `${limit}`,
    LAB_CLOSED: `${closedS}`,
    LAB_TRACE: trace,
  }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant, seed) {
    // A client whose SYN is lost hears nothing for a second; on a busy host an answer, too, takes its time.
    for (const patienceMs of [300, 600, 900]) {
      const { results } = await world.load(probePlan(variant, seed, patienceMs))
      if (results.filter(({ outcome }) => outcome === 'connect-timeout').length >= 5) return
    }
    throw new InfrastructureError('The machine was set up, but its clients get in as if nothing were broken.')
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'conntrack',
    counter: 'ConntrackDrop',
    value: tablesOf(before).end.dropped ?? 0,
    limit: tablesOf(before).start.max ?? 0,
    why: 'The table of connections is full; the first packet of each new connection is dropped.',
  }),
})
