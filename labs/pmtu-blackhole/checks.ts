/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf, percentile } from '../shop/clients.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import { countersAfterLoad, countersBeforeLoad, type Evidence } from '../shop/evidence.ts'
import { isFirewalled, judgeFirewall } from '../shop/firewall.ts'
import { isServed, judgeServed } from '../shop/served.ts'
import { atBoot } from './boot.ts'
import { type Case, isHanging, judgeCause, judgeDurable, withGroups } from './criteria.ts'
import { answered, hasHeardSince, proofOf, received, wayOf, withWholePictures } from './evidence.ts'
import type { Group } from './load.ts'
import type { Variant } from './variant.ts'

const stage = 'ip'
const groups: Group[] = ['near page', 'near picture', 'far page', 'far picture']

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false, reason }) as const
  const came = (group: Group) => answered(before, group).times.length
  const { start, end } = proofOf(before, variant)
  if (!isFirewalled(before)) return no('the firewall lets in whom it should not')
  if (came('far picture') > 0) return no(`${came('far picture')} far pictures came`)
  for (const group of ['near page', 'near picture', 'far page'] as const) {
    const { times, all } = answered(before, group)
    if (times.length < all / 2) return no(`only ${times.length} of ${all} were answered: each ${group}`)
  }
  if (wayOf(before).tooBig === 0) return no('no packet was too long')
  return start !== null && end !== null && end > start ? { ok: true } : no('the rule did not count')
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
  const waitMs = waitOf(after)
  const facts: Case = {
    ...both(sideOf),
    way: both(wayOf),
    hears: hasHeardSince(before, after),
    atBoot: atBoot(after, variant),
    groups: Object.fromEntries(
      groups.map((group) => [group, both((one) => shareOf(one, group))]),
    ) as Case['groups'],
    waitMs,
    pictures: answered(after, 'far picture').all,
    farPicturesAlone: groups.every((group) => {
      const { times, all } = answered(after, group)
      return times.length < all === (group === 'far picture')
    }),
    served: isServed(clientsOf(after)) && !isHanging(waitMs),
    found: answers?.stage === stage,
  }
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: countersOfTruth(before, after, variant),
      limit: variant.mtu,
    }),
    cause: judgeCause(facts),
    durable: judgeDurable(facts),
    served: withGroups(judgeServed(facts), facts),
    app: judgeApp(facts),
    firewall: judgeFirewall(facts, before, after),
  }
}

/**
 * A rule that is gone cannot be asked what it had counted: then the bound is what it can have counted at most, all that came in since. The
 * repetitions show that packets are lost, and not why.
 */
function countersOfTruth(before: Evidence, after: Evidence, variant: Variant) {
  const { id, start } = proofOf(before, variant)
  const atMost = (start ?? 0) + Math.max(0, received(after.counters) - received(before.state))
  const repeated = (name: 'TcpExtTCPTimeouts' | 'TcpRetransSegs') => ({
    id: name,
    share: 0.5,
    why: `${name} counts what the server has to send again; why it was lost, another number tells.`,
    first: countersBeforeLoad(before)[name] ?? null,
    now: countersAfterLoad(after)[name] ?? null,
  })
  return [
    { id, share: 1, first: start, now: atMost },
    repeated('TcpExtTCPTimeouts'),
    repeated('TcpRetransSegs'),
  ]
}

/**
 * How much longer far pictures take than near ones: by the fastest quarter, since TCP's clock lets hardly one through sooner (of 24 one was seen),
 * and a busy host lets some.
 */
function waitOf(evidence: Evidence): number | null {
  const fast = (group: Group) => percentile(answered(evidence, group).times, 0.25)
  const [near, far] = [fast('near picture'), fast('far picture')]
  return near === null || far === null ? null : far - near
}

function shareOf(evidence: Evidence, group: Group): string {
  const { times, all } = answered(evidence, group)
  return `${times.length} of ${all}`
}

function judgeBaseline(before: Evidence, variant: Variant, { groups: told }: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  return {
    status: 'pass',
    share: 1,
    feedback: `Far pictures that came: ${told['far picture'].before}. Far pages: ${told['far page'].before}.`,
    evidence: [{ label: 'Far pictures that came', after: told['far picture'].before }],
  }
}
