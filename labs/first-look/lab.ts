/**
 * The lab first-look: a server on which nothing is broken, to be read from the card to Puma. Puts its parts together.
 */
import { defineLab, type Sheet } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { firewallMachine } from '../shop/firewall.ts'
import { mustServe } from '../shop/open.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, figuresOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { questionCriteria, questions } from './questions.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence, Sheet>({
  meta: {
    id: 'first-look',
    title: 'A server on a quiet day',
    chapter: 'the-other-95-percent',
    stage: null,
    minutes: 20,
    difficulty: 'first steps',
    objectives: [
      'Name the queues that a request passes before any Ruby runs, and say how long each may grow',
      'Read them with the tools that every Debian server has',
      'Tell a setting from the limit that is in force',
      'Look at a running server without changing it',
    ],
  },
  criteria: [
    { id: 'sound', kind: 'baseline', title: 'The shop was open', maxPoints: 0 },
    ...questionCriteria,
    { id: 'served', kind: 'behaviour', title: 'Every client is served', maxPoints: 20 },
    { id: 'untouched', kind: 'collateral', title: 'The server is as it was found', maxPoints: 10 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
  ],
  questions: [...questions],
  variant: variantOf,
  machine: () => firewallMachine,
  env: ({ backlog, connections, halfOpen, accept, somaxconn, receiveBuffer, descriptors }) => ({
    LAB_BACKLOG: `${backlog}`,
    LAB_CONNECTIONS: `${connections}`,
    LAB_HALF_OPEN: `${halfOpen}`,
    LAB_ACCEPT: `${accept}`,
    LAB_SOMAXCONN: `${somaxconn}`,
    LAB_RECEIVE_BUFFER: `${receiveBuffer}`,
    LAB_DESCRIPTORS: `${descriptors}`,
  }),
  background: (_variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(seed) }),
  verifyBroken: ({ world }, _variant, seed) => mustServe(world, (patienceMs) => probePlan(seed, patienceMs)),
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    figures: Object.fromEntries(
      Object.entries(figuresOf(before)).flatMap(([id, value]) => (value === null ? [] : [[id, value]])),
    ),
  }),
})
