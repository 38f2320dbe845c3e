/**
 * The criteria that are this lab's own: the queue, its clients, and that nobody is turned away. Pure; feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import type { Clients } from '../shop/clients.ts'
import {
  atNextBoot,
  clientRow,
  failed,
  harmless,
  isHostBusy,
  notYet,
  passed,
  type Sides,
  told,
} from '../shop/criteria.ts'
import { tolerableRetransmissions } from '../shop/served.ts'
import type { Server } from '../shop/server.ts'
import type { AtBoot, Queue } from './evidence.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  queue: { before: Queue; after: Queue; atBoot: AtBoot }
  /** Clients that the accept queue must hold at once: those of the largest burst whom no thread serves yet. */
  needed: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

export function judgeQueue({ before, after, queue, needed, found }: Case): Finding {
  const { limit, somaxconn } = queue.after
  const evidence = [
    { label: 'Limit of the listener (Send-Q)', before: told(queue.before.limit), after: told(limit) },
    { label: 'net.core.somaxconn', before: told(queue.before.somaxconn), after: told(somaxconn) },
    { label: 'Puma’s bind', before: bindOf(before.server), after: bindOf(after.server) },
    {
      label: 'somaxconn in files',
      before: linesIn(before.server),
      after: linesIn(after.server),
    },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found ? failed(feedback, evidence, share) : failed('What loses the clients is still in place.', [], share)
  if (limit === null) return fail('Nothing was found listening on port 80.')
  if (limit < needed) {
    return fail(
      `The listener on port 80 holds ${limit + 1} waiting connections; up to ${needed + 1} wait at once.`,
    )
  }
  if (somaxconn === null || somaxconn < needed) {
    return fail(
      `The running listener holds enough, but somaxconn is ${told(somaxconn)}: the next start would be cut to that.`,
      0.5,
    )
  }
  return passed(`The listener on port 80 holds ${limit + 1} waiting connections.`, evidence)
}

export function judgeDurable({ queue, needed, served, found }: Case): Finding {
  const { atBoot } = queue
  const evidence = [{ label: 'Limit of the listener after the next boot', after: `${atBoot.limit}` }]
  if (!served || queue.after.limit === null || queue.after.limit < needed)
    return notYet('What is written for the next boot counts as soon as the clients are served.')
  return atBoot.limit < needed
    ? failed(
        atNextBoot(
          'By the files of this server, the clients would be lost again after the next boot.',
          atBoot,
        ),
        found ? evidence : [],
      )
    : passed('By the files of this server, the queue is long enough after the next boot, too.', evidence)
}

export function judgeServed({ before, after, served }: Case): Finding {
  const row = clientRow({ before, after })
  const evidence = [
    row('Clients answered truly', ({ served, all }) => `${served} of ${all}`),
    row('Segments sent again by the clients', ({ retransmitted }) => `${retransmitted}`),
    row('Clients that gave up waiting', ({ silent }) => `${silent}`),
    row('Clients turned away', ({ turnedAway }) => `${turnedAway}`),
    row('95 % answered within', ({ p95Ms }) => (p95Ms === null ? 'never' : `${p95Ms} ms`)),
  ]
  const { clients } = after
  if (served) {
    return passed(
      `All ${clients.all} clients were answered, and hardly one had to ask twice (${clients.retransmitted} segments sent again).`,
      evidence,
    )
  }
  if (isHostBusy(after) && clients.retransmitted <= tolerableRetransmissions(clients.all)) {
    const feedback = `The host was too busy to tell: ${clients.silent} clients were still waiting when the time was up, though nothing of theirs was lost. Nothing is lost for you either; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  const share = improvement(before.clients, clients) / 2
  if (clients.untrue > 0) {
    return failed(`${clients.untrue} answers were not what the shop answers.`, evidence)
  }
  const feedback =
    clients.served < clients.all
      ? `${clients.all - clients.served} of ${clients.all} clients got no answer in time; ${clients.turnedAway} of them were turned away.`
      : `All ${clients.all} clients were answered in the end, but they had to send ${clients.retransmitted} segments again.`
  return failed(feedback, evidence, share)
}

export function judgeClients({ before, after, queue, served, found }: Case): Finding {
  const added = after.server.drops.filter((rule) => !before.server.drops.includes(rule))
  const { abortOnOverflow } = queue.after
  const { turnedAway, silent, all } = after.clients
  const evidence = [
    { label: 'Clients turned away', before: `${before.clients.turnedAway}`, after: `${turnedAway}` },
    ...(found
      ? [
          {
            label: 'net.ipv4.tcp_abort_on_overflow',
            before: told(queue.before.abortOnOverflow),
            after: told(abortOnOverflow),
          },
        ]
      : []),
    { label: 'Firewall rules that drop or reject, added', after: added.join('\n') || 'none' },
  ]
  const fail = (feedback: string) => failed(feedback, evidence)
  if (abortOnOverflow !== null && abortOnOverflow > 0)
    return fail(
      'Clients who find no place are now answered with a reset, where they used to be served a little later.',
    )
  if (turnedAway > 0) return fail(`${turnedAway} of ${all} clients were turned away.`)
  if (added.length > 0 && silent > 0)
    return fail(`The firewall drops more than it did, and ${silent} of ${all} clients got no answer.`)
  return harmless('Nobody is turned away.', evidence, served)
}

/** How much of the clients' trouble is gone, 0 to 1. A client without an answer weighs as much as ten segments. */
function improvement(before: Clients, after: Clients): number {
  const trouble = ({ all, served, retransmitted }: Clients) => retransmitted + 10 * (all - served)
  return trouble(before) === 0 ? 0 : Math.max(0, 1 - trouble(after) / trouble(before))
}

const linesIn = ({ durable }: Server): string =>
  durable
    .split('\n')
    .filter((line) => line.includes('somaxconn'))
    .join('\n') || 'none'
const bindOf = ({ pumaConfig }: Server): string => /^\s*bind\s+(.*)$/m.exec(pumaConfig)?.[1]?.trim() ?? 'none'
