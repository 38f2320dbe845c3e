/**
 * The lab irq-one-core: a card with two queues and a server with two processors, of which one does all the work. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { datagramMachine } from '../datagrams/machine.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { shellReaders } from '../reading/sections.ts'
import { defineLab, type Sandbox } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenAtLeast, brokenBaseline, judge, referenceAnswers } from './checks.ts'
import { carriedBetween, collect, softnetPackets } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'irq-one-core',
    title: 'Paid for two',
    chapter: 'rss',
    stage: 'irq',
    minutes: 30,
    difficulty: 'steady',
    objectives: [
      'Follow a packet from the card’s hash over queue and interrupt to the processor that carries it up',
      'Read per queue and per processor which of them are used',
      'Tell a table that fills one queue from interrupts that may go to one processor',
      'Spread the work over all processors, now and after the next boot',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'One processor carried nearly all', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'cause', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'spread', kind: 'behaviour', title: 'Both processors carry every burst', maxPoints: 30 },
    { id: 'delivered', kind: 'behaviour', title: 'Every burst arrives whole', maxPoints: 10 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 5 },
    { id: 'collector', kind: 'collateral', title: 'Collector and firewall are as they were', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ cause, left }) => [cause, left],
  machine: () => datagramMachine('igb'),
  env: ({ cause, only, left }) => ({
    LAB_CAUSE: cause,
    LAB_ONLY: `${only}`,
    LAB_MASK: `${1 << only}`,
    LAB_WEIGHTS: only === 0 ? '1 0' : '0 1',
    LAB_LEFT: left,
  }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  verifyBroken,
  collect,
  brokenBaseline,
  judge,
  referenceAnswers,
})

/**
 * Losses are seen from outside; which processor works is not, so the machine is asked for that. An interrupt moves at its next time only, and a busy
 * processor finishes what it has begun: more than one look may be needed.
 */
async function verifyBroken({ guest, world }: Sandbox, variant: Variant, seed: number): Promise<void> {
  const look = async () => {
    const { stdout } = await guest.run(`${shellReaders}show softnet /proc/net/softnet_stat\n`)
    return softnetPackets(stdout)
  }
  let before = await look()
  for (let attempt = 0; attempt < probes; attempt++) {
    const { results } = await world.load(probePlan(variant, seed))
    const { sent = 0, delivered = -1 } = results.at(-1) ?? {}
    const now = await look()
    const { share, all } = carriedBetween(before, now)
    const isCut = variant.cause === 'affinity' || (delivered >= 0 && delivered < sent * cutAtMost)
    if (isCut && all > sent / 2 && share >= brokenAtLeast) return
    before = now
  }
  throw new InfrastructureError(
    'The machine was set up, but both of its processors carry packets all the same.',
  )
}

const probes = 4
const cutAtMost = 0.9
