/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world's clients saw outweighs what the guest says of itself.
 * Knows no machine.
 */
import { judgeDiagnosis } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { clientsOf } from '../shop/clients.ts'
import { judgeApp, notBroken, sideOf } from '../shop/criteria.ts'
import { countersAfterLoad, type Evidence } from '../shop/evidence.ts'
import { isServed } from '../shop/served.ts'
import { serversAtBoot } from './boot.ts'
import { type Case, judgeClients, judgeDoors, judgeDurable, judgeServed } from './criteria.ts'
import { doorsOf } from './evidence.ts'
import type { Variant } from './variant.ts'

const stage = 'accept-queue'

export function brokenBaseline(
  before: Evidence,
  { limit }: Variant,
): { ok: true } | { ok: false; reason: string } {
  const { doors, left } = doorsOf(before)
  const { all, served, silent, untrue } = clientsOf(before)
  if (doors.length !== 2 || doors.some((door) => door.limit !== limit))
    return {
      ok: false,
      reason: `${doors.length} sockets listen, with limits of ${doors.map((door) => door.limit).join(' and ')}`,
    }
  if (untrue > 0 || served < all / 5)
    return { ok: false, reason: `the shop answered ${served} of ${all} clients` }
  if (silent < all / 5) return { ok: false, reason: `only ${silent} of ${all} clients waited in vain` }
  // On a busy host the healthy Puma may not have taken its last one yet.
  const [most = 0, next = 0] = [...left].sort((a, b) => b - a)
  return most > 10 * next && most >= all / 5
    ? { ok: true }
    : { ok: false, reason: `${left.join(' and ')} connections are left in the queues` }
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const servers = sideOf(after)
  const { servers: units = '', wanted = '' } = servers.server.sections
  const facts: Case = {
    before: sideOf(before),
    after: servers,
    doors: { before: doorsOf(before), after: doorsOf(after) },
    atBoot: serversAtBoot(units, wanted),
    served: isServed(servers.clients),
    found: answers?.stage === stage,
  }
  const { limit } = variant
  return {
    broken: judgeBaseline(before, variant, facts),
    ...judgeDiagnosis(answers, {
      stage,
      counters: [
        // A gauge that only grows while it is broken: it stood at any of these values at some moment. Full is one more than the limit.
        { id: 'ListenRecvQ', share: 1, first: 1, now: limit + 1 },
        {
          id: 'TcpExtListenOverflows',
          share: 0.5,
          why: 'TcpExtListenOverflows tells that some queue was full, not which and not why; the first clients hung long before it moved.',
          first: facts.before.server.counters.TcpExtListenOverflows ?? null,
          now: countersAfterLoad(after).TcpExtListenOverflows ?? null,
        },
      ],
      limit,
      limitNow: facts.doors.after.doors[0]?.limit ?? null,
    }),
    doors: judgeDoors(facts),
    durable: judgeDurable(facts),
    served: judgeServed(facts),
    app: judgeApp(facts),
    clients: judgeClients(facts),
  }
}

function judgeBaseline(before: Evidence, variant: Variant, facts: Case): Finding {
  const broken = brokenBaseline(before, variant)
  if (!broken.ok) return notBroken(broken.reason)
  const { all, silent } = facts.before.clients
  return {
    status: 'pass',
    share: 1,
    feedback: `${silent} of ${all} clients waited in vain.`,
    evidence: [{ label: 'Clients that gave up waiting', after: `${silent} of ${all}` }],
  }
}
