/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Feedback says what was observed, never what to type. Knows no machine.
 */
import { judgeDiagnosis } from '../../../labs/diagnosis.ts'
import type { Answers, Finding } from '../../../labs/schema.ts'
import {
  clientRow,
  failed,
  isHostBusy,
  judgeApp,
  notBroken,
  notYet,
  passed,
  type Sides,
  sideOf,
} from '../../../labs/shop/criteria.ts'
import { countersAfterLoad, type Evidence } from '../../../labs/shop/evidence.ts'
import type { Variant } from './variant.ts'

/** TODO the stage where it happens, and the counter of labs/counters.ts that proves it. */
export const truth = { stage: 'accept-queue', counter: 'TcpExtListenOverflows' } as const

export function brokenBaseline(before: Evidence): { ok: true } | { ok: false; reason: string } {
  const { served, all } = sideOf(before).clients
  // TODO whatever else tells this fault from a machine that only was slow.
  return served < all ? { ok: true } : { ok: false, reason: `the shop answered all ${all} clients` }
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const clients = sideOf(after).clients
  const sides: Sides = {
    before: sideOf(before),
    after: sideOf(after),
    served: clients.served === clients.all,
  }
  const { counter } = truth
  return {
    broken: judgeBaseline(before),
    ...judgeDiagnosis(answers, {
      stage: truth.stage,
      counters: [{ id: counter, share: 1, first: 1, now: countersAfterLoad(after)[counter] ?? null }],
      limit: variant.limit,
    }),
    cause: judgeCause(sides),
    durable: judgeDurable(sides),
    served: judgeServed(sides),
    app: judgeApp(sides),
  }
}

function judgeBaseline(before: Evidence): Finding {
  const broken = brokenBaseline(before)
  return broken.ok ? passed('The clients suffered.', []) : notBroken(broken.reason)
}

/** TODO what the server says of itself, by `parts` of evidence.ts. */
function judgeCause({ after }: Sides): Finding {
  const is = after.server.sections.somaxconn?.trim() ?? 'unknown'
  return failed('What makes the clients wait is still in place.', [
    { label: 'net.core.somaxconn', after: is },
  ])
}

/** TODO what the next boot would find, by the files of the server. */
const judgeDurable = ({ served }: Sides): Finding =>
  served
    ? failed('By the files of this server, the clients would wait again after the next boot.', [])
    : notYet('What is written for the next boot counts as soon as the clients are served.')

function judgeServed({ before, after, served }: Sides): Finding {
  const row = clientRow({ before, after })
  const evidence = [
    row('Clients answered truly', ({ served, all }) => `${served} of ${all}`),
    row('Clients that gave up waiting', ({ silent }) => `${silent}`),
  ]
  const { all, served: answered, silent } = after.clients
  if (served) return passed(`All ${all} clients were answered.`, evidence)
  if (isHostBusy(after)) {
    const feedback = `The host was too busy to tell: ${silent} clients were still waiting when the time was up. Nothing is lost for you; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  return failed(`${all - answered} of ${all} clients got no answer in time.`, evidence)
}
