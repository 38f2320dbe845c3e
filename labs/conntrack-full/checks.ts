/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf } from '../shop/clients.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { isFirewalled, judgeFirewall } from '../shop/firewall.ts'
import { isServed, judgeServed } from '../shop/served.ts'
import { type Case, judgeDurable, judgeTable, lost } from './criteria.ts'
import { atBoot, tablesOf } from './evidence.ts'
import type { Variant } from './variant.ts'

const stage = 'conntrack'

export function brokenBaseline(
  before: Evidence,
  variant: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { served, all, untrue } = clientsOf(before)
  const tables = tablesOf(before)
  const no = (reason: string) => ({ ok: false, reason }) as const
  if (tables.start.max !== variant.limit)
    return no(`the table holds ${tables.start.max} entries, not ${variant.limit}`)
  if (!isFirewalled(before)) return no('the firewall lets in whom it should not')
  if (untrue > 0) return no(`${untrue} answers were not the shop's`)
  if (served > all * 0.7) return no(`the shop answered ${served} of ${all} clients`)
  return (lost(tables) ?? 0) > 0 ? { ok: true } : no('nothing was dropped')
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const tables = { before: tablesOf(before), after: tablesOf(after) }
  const facts: Case = {
    before: sideOf(before),
    after: sideOf(after),
    tables,
    atBoot: atBoot(after),
    connections: after.asked.length,
    served: isServed(clientsOf(after)),
    found: answers?.stage === stage,
  }
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        {
          id: 'ConntrackDrop',
          share: 1,
          first: tables.before.start.dropped,
          now: tables.after.end.dropped,
        },
        {
          id: 'ConntrackCount',
          share: 0.5,
          why: 'ConntrackCount says how full the table is; whether anybody was lost for that, another number counts.',
          first: 1,
          now: variant.limit,
        },
      ],
      limit: tables.before.start.max,
      limitNow: tables.after.end.max,
    }),
    table: judgeTable(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp(facts),
    firewall: judgeFirewall(facts, before, after),
  }
}

function judgeBaseline(before: Evidence, variant: Variant, { before: { clients } }: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { all, served, silent } = clients
  return {
    status: 'pass',
    share: 1,
    feedback: `${served} of ${all} clients were answered; ${silent} waited for nothing.`,
    evidence: [{ label: 'Clients without an answer', after: `${all - served}` }],
  }
}
