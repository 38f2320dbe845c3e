/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { judgeApp, ms, notBroken, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { atBoot } from './boot.ts'
import type { Case } from './case.ts'
import { isServed, judgeContract, judgeDurable, judgePrompt, judgeQueue } from './criteria.ts'
import { downloadsOf, idleShareOf, limitOf, lineOf, withWholePictures } from './evidence.ts'
import { addedBy, boundsOf, isTelling, paceOf, promptShare } from './pace.ts'
import { isFifo } from './queue.ts'
import type { Variant } from './variant.ts'

const stage = 'wire'
/** By the arithmetic of load.ts the downloads add a quarter of a second to each packet's way out. */
const leastAddedMs = 120

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false, reason }) as const
  const { queue, most } = lineOf(before)
  const pace = paceOf(before)
  const { connectMs } = addedBy(pace)
  const { mbit } = downloadsOf(before)
  const isLong = queue?.leaves.some(({ kind, limit }) => isFifo(kind) && limit === variant.limit)
  if (!queue || !isLong) return no('the queue is not the one that was set up')
  if (queue.rateKbit !== variant.rateKbit) return no(`it shapes to ${queue.rateKbit} kbit/s`)
  if (1000 * mbit > 1.15 * variant.rateKbit) return no(`the downloads got ${mbit.toFixed(1)} Mbit/s`)
  if (connectMs < leastAddedMs) return no(`downloads add no more than ${ms(connectMs)} to a connection`)
  if (!isTelling(pace, pace)) return no('visits were held up before anybody downloaded')
  return most > 0 ? { ok: true } : no('nothing was seen in the queue')
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { answers, variant } = input
  const before = withWholePictures(input.before)
  const after = withWholePictures(input.after)
  const both = <T>(of: (evidence: Evidence) => T) => ({ before: of(before), after: of(after) })
  const pace = both(paceOf)
  const bounds = boundsOf(pace.before, pace.after)
  const visits = {
    prompt: promptShare(pace.after.loaded, bounds),
    telling: isTelling(pace.before, pace.after),
  }
  const facts: Case = {
    ...both(sideOf),
    ...visits,
    line: both(lineOf),
    pace,
    bounds,
    downloads: both(downloadsOf),
    atBoot: atBoot(serverOf(after).sections),
    idleShare: idleShareOf(after),
    hostLeft: after.load.host?.left ?? null,
    rateKbit: variant.rateKbit,
    served: isServed(visits),
    found: answers?.stage === stage,
  }
  const { line } = facts
  const { most } = line.before
  const { all } = facts.downloads.before
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      // A gauge, seen a few times: between these looks it may have stood higher, above all when each download began with its ten packets.
      counters: [{ id: 'QdiscBacklogPackets', share: 1, first: 1, now: Math.max(2 * most, 12 * all) }],
      limit: limitOf(line.before),
      limitNow: limitOf(line.after),
    }),
    queue: judgeQueue(facts),
    durable: judgeDurable(facts),
    prompt: judgePrompt(facts),
    app: judgeApp(facts),
    contract: judgeContract(facts),
  }
}

function judgeBaseline(before: Evidence, variant: Variant, { pace }: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { idle, loaded } = pace.before
  return {
    status: 'pass',
    share: 1,
    feedback: `To connect took ${ms(loaded.connectMs)} beside the downloads, and ${ms(idle.connectMs)} before them.`,
    evidence: [{ label: 'Answered beside the downloads in', after: ms(loaded.totalMs) }],
  }
}
