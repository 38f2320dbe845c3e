/**
 * The criteria that are this lab's own: the limit, the clients that ask, those that are slow to ask, and the next boot. Pure; feedback says what
 * was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { failed, harmless, isHostBusy, notYet, passed, type Sides, told } from '../shop/criteria.ts'
import type { crowdsOf, Descriptors } from './evidence.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  descriptors: { before: Descriptors; after: Descriptors }
  crowds: { before: ReturnType<typeof crowdsOf>; after: ReturnType<typeof crowdsOf> }
  /** Descriptors that Puma needs while the check's crowd is there. */
  needed: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

export function judgeLimit({ descriptors: { before, after }, needed, found }: Case): Finding {
  const evidence = [
    { label: 'Descriptors that Puma may have open', before: told(before.limit), after: told(after.limit) },
    { label: 'Most that were seen open', before: `${before.most}`, after: `${after.most}` },
    {
      label: 'Most connections that waited to be accepted',
      before: `${before.mostWaiting}`,
      after: `${after.mostWaiting}`,
    },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found
      ? failed(feedback, evidence, share)
      : failed('What makes the clients wait is still in place.', [], share)
  if (after.limit === null) return fail('No process was found in Puma’s service.')
  if (after.limit < needed)
    return fail(
      `Puma may have ${after.limit} descriptors open; with this crowd it needs about ${needed}.`,
      after.limit > (before.limit ?? 0) ? 0.25 : 0,
    )
  if (isStillFull(before, after))
    return fail(
      `By its own account Puma may have ${after.limit} descriptors open, but it was never seen with more than ${after.most} of them.`,
      0.5,
    )
  return passed(`Puma may have ${after.limit} descriptors open.`, evidence)
}

/** The crowd takes more than the old limit, so a Puma that stands exactly there has no more; one that is slow stands below. */
const isStillFull = (before: Descriptors, after: Descriptors): boolean =>
  before.limit !== null && after.most <= before.limit && after.most >= before.limit - 1

export function judgeDurable({ descriptors: { after }, needed, served }: Case): Finding {
  const limit = after.limitAtBoot ?? after.limit ?? 0
  const evidence = [{ label: 'Descriptors after the next boot', after: `${limit}` }]
  if (!served || (after.limit ?? 0) < needed)
    return notYet('What is written for the next boot counts as soon as the clients are served.')
  return limit < needed
    ? failed('By the files of this server, the clients would wait again after the next boot.', evidence)
    : passed('By the files of this server, the clients are served after the next boot, too.', evidence)
}

export function judgeServed({ after, crowds, descriptors, needed, served }: Case): Finding {
  const { askers } = crowds.after
  const row = (label: string, of: (clients: typeof askers) => string) => ({
    label,
    before: of(crowds.before.askers),
    after: of(askers),
  })
  const evidence = [
    row('Clients answered truly', ({ served, all }) => `${served} of ${all}`),
    row('Clients that gave up waiting', ({ silent }) => `${silent}`),
    row('Clients turned away', ({ turnedAway }) => `${turnedAway}`),
    row('95 % answered within', ({ p95Ms }) => (p95Ms === null ? 'never' : `${p95Ms} ms`)),
  ]
  if (served)
    return passed(
      `All ${askers.all} clients were answered while ${crowds.after.idle.all} others held on.`,
      evidence,
    )
  const isLarge =
    (descriptors.after.limit ?? 0) >= needed && !isStillFull(descriptors.before, descriptors.after)
  if (isHostBusy(after) && isLarge) {
    const feedback = `The host was too busy to tell: ${askers.silent} clients were still waiting when the time was up. Nothing is lost for you; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (askers.untrue > 0) return failed(`${askers.untrue} answers were not what the shop answers.`, evidence)
  const feedback = `${askers.all - askers.served} of ${askers.all} clients got no answer in time while ${crowds.after.idle.all} others held on to their connections.`
  return failed(feedback, evidence, improvement(crowds.before.askers, askers) / 2)
}

/** Whoever connects early and asks late is a customer, too. */
export function judgeIdle({ after, crowds, served }: Case): Finding {
  const { idle } = crowds.after
  const of = ({ served, all }: typeof idle) => `${served} of ${all}`
  const evidence = [
    {
      label: 'Silent clients answered when they asked at last',
      before: of(crowds.before.idle),
      after: of(idle),
    },
  ]
  const without = idle.all - idle.served
  if (without === 0) return harmless('Whoever was slow to ask was answered, too.', evidence, served)
  if (isHostBusy(after) && without === idle.silent)
    return notYet('The host was too busy to tell what became of the clients that are slow to ask.')
  if (!served && without === idle.silent)
    return notYet('What becomes of clients that are slow to ask counts as soon as the others are served.')
  return failed(
    `${without} of ${idle.all} clients that were slow to ask got no page when they did.`,
    evidence,
  )
}

/** How many of the clients that went without an answer have one now, 0 to 1. */
function improvement(before: Case['crowds']['after']['idle'], after: typeof before): number {
  const without = ({ all, served }: typeof before) => all - served
  return without(before) === 0 ? 0 : Math.max(0, 1 - without(after) / without(before))
}
