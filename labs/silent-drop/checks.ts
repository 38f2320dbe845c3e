/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf, trueHead } from '../shop/clients.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { isFirewalled, judgeFirewall } from '../shop/firewall.ts'
import { isServed, judgeServed } from '../shop/served.ts'
import { type Case, judgeCause, judgeDurable, withGroups, withSenderCheck } from './criteria.ts'
import { atBoot, obstaclesIn, proofOf, received, senderCheck } from './evidence.ts'
import { type Group, groupOf } from './load.ts'
import type { Variant } from './variant.ts'

const stage = 'ip'

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false, reason }) as const
  const [near, far, lost] = (['near', 'far', 'lost'] as const).map((group) =>
    answered(before, variant, group),
  )
  const { id, start, end } = proofOf(before, variant)
  if (obstaclesIn(before, variant).length === 0) return no('nothing stands against the clients')
  if (!isFirewalled(before)) return no('the firewall lets in whom it should not')
  if (lost !== 0) return no(`${lost} clients of the range were answered`)
  if (!near || !far) return no('other clients were not answered, either')
  return start !== null && end !== null && end > start ? { ok: true } : no(`${id} did not move`)
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const both = <T>(of: (evidence: Evidence) => T) => ({ before: of(before), after: of(after) })
  const group = (name: Group) =>
    both((one) => `${answered(one, variant, name)} of ${asked(one, variant, name).length}`)
  const facts: Case = {
    ...both(sideOf),
    obstacles: both((one) => obstaclesIn(one, variant)),
    senderCheck: both(senderCheck),
    atBoot: atBoot(after, variant),
    near: group('near'),
    far: group('far'),
    lost: group('lost'),
    served: isServed(clientsOf(after)),
    found: answers?.stage === stage,
  }
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [{ share: 1, ...counterOf(before, after, variant) }],
      limit: variant.length,
    }),
    cause: judgeCause(facts),
    durable: judgeDurable(facts),
    served: withGroups(judgeServed(facts), facts),
    app: judgeApp(facts),
    firewall: withSenderCheck(judgeFirewall(facts, before, after), facts),
  }
}

/**
 * A rule that is gone cannot be asked what it had counted: then the bound is what it can have counted at most, all that came in since. Any
 * reset or reload does the same.
 */
function counterOf(before: Evidence, after: Evidence, variant: Variant) {
  const { id, start } = proofOf(before, variant)
  const { end } = proofOf(after, variant)
  const atMost = (start ?? 0) + Math.max(0, received(after.counters) - received(before.state))
  return { id, first: start, now: id === 'NftRulePackets' ? atMost : end }
}

function judgeBaseline(before: Evidence, variant: Variant, { near, far, lost }: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  return {
    status: 'pass',
    share: 1,
    feedback: `Some far clients heard nothing, ${lost.before}, while others were answered: ${near.before} near, ${far.before} far.`,
    evidence: [{ label: 'Clients of the lost range answered', after: lost.before }],
  }
}

const asked = (evidence: Evidence, variant: Variant, group: Group) =>
  evidence.asked.flatMap(({ src, path }, i) =>
    groupOf(variant, src) === group ? [{ path, result: evidence.load.results[i] }] : [],
  )

const answered = (evidence: Evidence, variant: Variant, group: Group): number =>
  asked(evidence, variant, group).filter(
    ({ path, result }) => result?.outcome === 'ok' && result.head.startsWith(trueHead(path)),
  ).length
