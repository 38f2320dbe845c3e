/**
 * The lab port-exhaustion: a server that calls another one so often that it runs out of local ports. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { upstreamMachine, upstreamPort } from '../shop/upstream.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, portsOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'port-exhaustion',
    title: 'A few good seconds in every minute',
    chapter: 'symptoms',
    stage: 'app',
    minutes: 30,
    difficulty: 'steady',
    objectives: [
      'Trace an error page back to the system call that failed',
      'Count the connections of a server that are over and still there, by whom they were with',
      'Compute how many calls a minute a server can make to one service',
      'Choose between several right fixes, and say what each costs',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'ports', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Every client gets its page', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 5 },
    { id: 'prices', kind: 'collateral', title: 'Prices are of this second', maxPoints: 5 },
    { id: 'closing', kind: 'collateral', title: 'Connections end as they did', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ cause }) => [cause],
  machine: () => upstreamMachine,
  env: ({ cause, ports, range, reserved, file, remark }) => ({
    LAB_CAUSE: cause,
    LAB_PORTS: `${ports}`,
    LAB_RANGE: range,
    LAB_RESERVED: reserved,
    LAB_FILE: `/etc/sysctl.d/${file}.conf`,
    LAB_REMARK: remark,
  }),
  surroundings: ({ delayMs }) => ({ upstream: { port: upstreamPort, delayMs } }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }) {
    for (const patienceMs of [400, 1_200, 4_000, 9_000]) {
      const { results } = await world.load(probePlan(patienceMs))
      if (results.every(({ status }) => status === 502)) return
      if (results.some(({ outcome }) => outcome === 'ok')) break
    }
    throw new InfrastructureError('The machine was set up, but its clients get their pages.')
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'app',
    counter: 'TimeWaitSockets',
    value: portsOf(before).waiting,
    limit: portsOf(before).usable ?? 0,
    why: 'Each call to the price service leaves a connection in TIME_WAIT, which keeps its local port for a minute; there are too few ports.',
  }),
})
