/**
 * The lab small-window: a server that lets its clients send a few segments ahead, which only those notice who are far away. Puts its parts together.
 */
import { InfrastructureError, type RequestResult } from '../../grader/guest.ts'
import { diagnosisCriteria } from '../diagnosis.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { brokenBaseline, judge } from './checks.ts'
import { buffersNow, collect } from './evidence.ts'
import { backgroundEveryMs, backgroundPlan, probePlan } from './load.ts'
import { type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'small-window',
    title: 'The photographs from the other side of the world',
    chapter: 'socket-buffer',
    stage: 'socket-buffer',
    minutes: 30,
    difficulty: 'hard',
    objectives: [
      'Compute from window and round trip how fast a connection can be at most',
      'Read a connection’s buffer and window while it is at work',
      'Tell a limit of the kernel from one that an application has asked for',
      'Say which connections a change reaches, and which keep what they were born with',
    ],
  },
  criteria: [
    { id: 'broken', kind: 'baseline', title: 'The clients suffered', maxPoints: 0 },
    ...diagnosisCriteria,
    { id: 'buffer', kind: 'repair', title: 'The cause is mended', maxPoints: 15 },
    { id: 'durable', kind: 'repair', title: 'Survives a restart', maxPoints: 5 },
    { id: 'served', kind: 'behaviour', title: 'Uploads come in, near and far', maxPoints: 35 },
    { id: 'app', kind: 'collateral', title: 'Puma and the shop are unharmed', maxPoints: 10 },
    { id: 'others', kind: 'collateral', title: 'Everybody else is served as before', maxPoints: 5 },
  ],
  variant: variantOf,
  causes: ({ cause, place }) => [cause, place],
  machine: () => ({ nic: 'vmxnet3', vcpus: 2, memoryMb: 256, prepare }),
  env: ({ cause, bytes, place, trace }) => ({
    LAB_CAUSE: cause,
    LAB_BYTES: `${bytes}`,
    LAB_PLACE: place,
    LAB_TRACE: trace,
  }),
  surroundings: ({ delayMs }) => ({ wan: { delayMs } }),
  background: (variant, seed) => ({ everyMs: backgroundEveryMs, plan: backgroundPlan(variant, seed) }),
  async verifyBroken({ world }, variant, seed) {
    // On a busy host, or just restored, the near one needs a while, too.
    for (const patienceMs of [Math.round(8.8 * variant.delayMs), 1_000, 2_500, 6_000]) {
      const { results } = await world.load(probePlan(variant, seed, patienceMs))
      const [near, ...far] = results
      if (near?.outcome === 'ok' && far.every(isCrawling)) return
    }
    throw new InfrastructureError('The machine was set up, but its far uploads do not crawl.')
  },
  collect,
  brokenBaseline,
  judge,
  referenceAnswers: (before) => ({
    stage: 'socket-buffer',
    counter: 'SocketReceiveBuffer',
    value: buffersNow(before).first ?? 0,
    limit: buffersNow(before).first ?? 0,
    why: 'The receive buffer of a connection stays small, so does the window, and no more than that can be on its way in one round trip.',
  }),
})

/**
 * Nothing but programs that are run once, an upload among them: break and check need them, and what was never read has to be unpacked in each
 * machine anew, which took up to ten seconds.
 */
const prepare = `set -eu
{ ss -Hlntpm 'sport = :80'; ss -tinmH state established; nft list ruleset; perl -e 'opendir my $all, "/proc/self/fd"; print readdir $all'; } >/dev/null
for _ in 1 2 3; do head -c 300000 /dev/zero | curl -sf -o /dev/null --data-binary @- http://127.0.0.1/upload; done
`

/**
 * By round trips, which connecting measures: for what the probe sends a server with room takes two or three. In vain or not, a broken one takes more.
 */
function isCrawling({ outcome, connectUs, totalUs }: RequestResult): boolean {
  if (connectUs <= 0) return false
  const rounds = (totalUs - connectUs) / connectUs
  return outcome === 'ok' ? rounds > 6 : outcome === 'read-timeout' && rounds > 3
}
