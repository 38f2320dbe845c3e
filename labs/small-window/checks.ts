/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { type Case, isServed, judgeBuffer, judgeDurable, judgeOthers, judgeServed } from './criteria.ts'
import {
  answered,
  buffersNow,
  buffersThen,
  bytesInRound,
  connectMs,
  lostOutside,
  seenOf,
  withWholeUploads,
} from './evidence.ts'
import type { Group } from './load.ts'
import type { Variant } from './variant.ts'

const stage = 'socket-buffer'
const groups: Group[] = ['near page', 'far page', 'near upload', 'far upload']

export function brokenBaseline(
  evidence: Evidence,
  { bytes }: Variant,
): { ok: true } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false, reason }) as const
  const before = withWholeUploads(evidence)
  const { first } = buffersNow(before)
  const came = (group: Group) => answered(before, group).times.length
  const pages = came('near page') + came('far page')
  const { untrue, turnedAway } = sideOf(before).clients
  if (first !== bytes) return no(`a connection begins with a buffer of ${first} bytes, not ${bytes}`)
  if (came('far upload') > 0) return no(`${came('far upload')} far uploads came in`)
  if (untrue + turnedAway > 0) return no(`${untrue + turnedAway} clients did not get the shop’s answer`)
  return pages < 4 ? no(`only ${pages} pages were answered`) : { ok: true }
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { answers, variant } = input
  const before = withWholeUploads(input.before)
  const after = withWholeUploads(input.after)
  const both = <T>(of: (evidence: Evidence) => T) => ({ before: of(before), after: of(after) })
  const facts: Case = {
    ...both(sideOf),
    buffers: both(buffersNow),
    atBoot: buffersThen(after),
    seen: both(seenOf),
    groups: Object.fromEntries(
      groups.map((group) => [group, both((one) => answered(one, group))]),
    ) as Case['groups'],
    bytesInRound: both(bytesInRound),
    lostOutside: lostOutside(after),
    connectMs: connectMs(after),
    roundMs: 2 * variant.delayMs,
    served: isServed({ near: answered(after, 'near upload'), far: answered(after, 'far upload') }),
    found: answers?.stage === stage,
  }
  const limit = facts.buffers.before.first
  return {
    broken: judgeBaseline(input.before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: countersOfTruth(facts),
      limit,
      limitNow: facts.buffers.after.first,
    }),
    buffer: judgeBuffer(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp(facts),
    others: judgeOthers(facts),
  }
}

/** No counter of the kernel's moves: the buffer of a connection is a gauge, and on this machine always the same. */
function countersOfTruth({ buffers, seen }: Case) {
  const { first } = buffers.before
  return [
    { id: 'SocketReceiveBuffer', share: 1, first, now: first },
    {
      id: 'SocketReceiveWindow',
      share: 0.5,
      why: 'SocketReceiveWindow shows how little a client may send ahead; what holds it down, another number tells.',
      first: 1,
      now: seen.before.window ?? first,
    },
  ]
}

function judgeBaseline(before: Evidence, variant: Variant, { groups: told }: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { times, all } = told['far upload'].before
  const came = `${times.length} of ${all}`
  return {
    status: 'pass',
    share: 1,
    feedback: `Far uploads that came in: ${came}.`,
    evidence: [{ label: 'Far uploads that came in', after: came }],
  }
}
