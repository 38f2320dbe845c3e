/**
 * The criteria that are this lab's own: that each listening socket has somebody who accepts, now and after a boot, and that nobody is turned
 * away. Pure; feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { failed, harmless, notYet, passed, type Sides } from '../shop/criteria.ts'
import { judgeServed as judgeServedOf } from '../shop/served.ts'
import type { ServerAtBoot } from './boot.ts'
import type { Door, Doors } from './evidence.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  doors: { before: Doors; after: Doors }
  atBoot: ServerAtBoot[]
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** An answer that takes longer than this is late; where the rest is quick, silence is not the host's fault. */
const quickMs = 1_000

export function judgeDoors({ doors, found }: Case): Finding {
  const { before, after } = doors
  const evidence = [
    {
      label: 'Listening sockets on port 80',
      before: `${before.doors.length}`,
      after: `${after.doors.length}`,
    },
    {
      label: 'Each with its owners, and what waits in it',
      before: told(before.doors),
      after: told(after.doors),
    },
    {
      label: 'Left in their queues after the check',
      before: before.left.join(', '),
      after: after.left.join(', '),
    },
  ]
  const fail = (feedback: string): Finding =>
    found ? failed(feedback, evidence) : failed('What keeps the clients waiting is still in place.', [])
  if (after.left.length === 0) return fail('Nothing was found listening on port 80.')
  const stuck = after.left.filter((waiting) => waiting > 0)
  if (stuck.length > 0)
    return fail(
      `${stuck.length} of ${after.left.length} listening sockets still held ${Math.max(...stuck)} connections when the clients were gone: nobody takes them.`,
    )
  const suspended = after.doors.filter((door) => door.suspended).length
  if (suspended > 0)
    return fail(`${suspended} of ${after.doors.length} listening sockets belong to nobody who runs.`)
  return passed('Whatever listens on port 80 takes its connections.', evidence)
}

export function judgeDurable({ doors, atBoot, served, found }: Case): Finding {
  if (!served || doors.after.left.some((waiting) => waiting > 0))
    return notYet('What is written for the next boot counts as soon as the clients are served.')
  const evidence = found
    ? [
        {
          label: 'Servers of port 80 after the next boot',
          after:
            atBoot.map(({ unit, trouble }) => (trouble ? `${unit}, which ${trouble}` : unit)).join('\n') ||
            'none',
        },
      ]
    : []
  if (atBoot.length === 0)
    return failed('By the files of this server, nobody would answer after the next boot.', evidence)
  return atBoot.some(({ trouble }) => trouble !== null)
    ? failed(
        'By the files of this server, clients would wait for nobody again after the next boot.',
        evidence,
      )
    : passed('By the files of this server, every client finds somebody after the next boot, too.', evidence)
}

/** A part of the clients that hangs while the others are answered at once is no sign of a busy host. Half a cure is luck of the hash. */
export function judgeServed({ doors, before, after, served }: Case): Finding {
  const { p95Ms } = after.clients
  const hung = isAbandoned(doors.after, after.clients.silent) || (p95Ms !== null && p95Ms < quickMs)
  const finding = judgeServedOf({ before, after: hung ? { ...after, starved: false } : after, served })
  return finding.status === 'fail' ? { ...finding, share: 0 } : finding
}

/** A queue that nobody empties ends full, or holds whoever waited in vain; one that is emptied slowly holds the last few. */
const isAbandoned = ({ doors, left }: Doors, silent: number): boolean =>
  left.some((waiting) => waiting > 0 && waiting >= Math.min(0.8 * silent, ...doors.map(({ limit }) => limit)))

export function judgeClients({ before, after, served }: Case): Finding {
  const added = after.server.drops.filter((rule) => !before.server.drops.includes(rule))
  const { turnedAway, all, silent } = after.clients
  const evidence = [
    { label: 'Clients turned away', before: `${before.clients.turnedAway}`, after: `${turnedAway}` },
    { label: 'Firewall rules that drop or reject, added', after: added.join('\n') || 'none' },
  ]
  if (turnedAway > 0) return failed(`${turnedAway} of ${all} clients were turned away.`, evidence)
  if (added.length > 0 && silent > 0)
    return failed(
      `The firewall drops more than it did, and ${silent} of ${all} clients got no answer.`,
      evidence,
    )
  return harmless('Nobody is turned away.', evidence, served)
}

const told = (doors: Door[]): string =>
  doors
    .map(
      ({ owners, waiting, limit, suspended }) =>
        `${owners.join(', ') || 'nobody'}${suspended ? ', suspended' : ''}: ${waiting} of ${limit}`,
    )
    .join('\n')
