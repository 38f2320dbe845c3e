/**
 * The lab bufferbloat: a shaped uplink whose queue is so long that whatever is small waits for whatever is large. Puts its parts together.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { collect, limitOf, lineOf } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, groupsOf, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'bufferbloat',
    title: 'The downloads that make everybody wait',
    chapter: 'symptoms',
    stage: 'wire',
    minutes: 30,
    difficulty: 'hard',
    objectives: [
      'Tell a server that is slow from a line on which something stands in the way',
      'Read how many packets wait to be sent, who holds them back, and how many could wait',
      'Explain why a queue that never drops anything can be the fault',
      'Keep a line full and its queue short at the same time',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'queue', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'prompt', kind: 'behaviour', title: 'Small pages do not wait for the downloads', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 5 },
    { id: 'contract', kind: 'collateral', title: 'The line carries what was contracted', maxPoints: 10 },
  ],
  alone: true,
  variant: variantOf,
  causes: ({ cause, place }) => [cause, place],
  machine: () => ({ nic: 'vmxnet3', vcpus: 2, memoryMb: 256, prepare }),
  env: ({ cause, limit, rateKbit, place, trace }) => ({
    LAB_CAUSE: cause,
    LAB_LIMIT: `${limit}`,
    LAB_RATE: `${rateKbit}kbit`,
    LAB_PLACE: place,
    LAB_TRACE: trace,
  }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant, seed) {
    // What waits of the downloads stands in the way of whoever connects then. A machine that has just been restored begins slowly.
    for (const askMs of [250, 400, 800, 1_600, 3_000]) {
      const plan = probePlan(variant, seed, askMs)
      const { results } = await world.load(plan)
      const groups = groupsOf(plan.requests)
      const of = (group: string) => results.filter((_, i) => groups[i] === group)
      const isBegun = of('download').some(({ bytes }) => bytes > 0)
      if (isBegun && of('loaded').every(({ outcome }) => outcome === 'connect-timeout')) return
    }
    throw new InfrastructureError('The machine was set up, but downloads stand in nobody’s way.')
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'wire',
    counter: 'QdiscBacklogPackets',
    value: lineOf(before).most,
    limit: limitOf(lineOf(before)) ?? 0,
    why: 'The shaper of the uplink lets everything wait in one long FIFO: a small answer leaves after all that the downloads have put there.',
  }),
})

/**
 * Threads enough for all downloads at once, so that none of the small pages waits in Puma. What shapes is loaded, and what break and check run is run once: a machine that
 * has just been restored takes seconds for a module, and more for programs that its template has not got in memory.
 */
const prepare = `set -eu
modprobe -a sch_tbf sch_htb sch_cake
mkdir -p /etc/systemd/system/networking.service.d
tc qdisc replace dev eth0 root handle 1: tbf rate 8mbit burst 16kb limit 100kb
{ printf 'qdisc show dev eth0 invisible\\nclass show dev eth0\\n' | tc -s -j -batch -; ss -Hlntp 'sport = :80'; nft list ruleset; } >/dev/null
tc qdisc del dev eth0 root
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=40/' /etc/default/puma
systemctl restart puma
`
