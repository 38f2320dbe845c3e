/**
 * The criteria that are this lab's own: that the table holds what comes, now and after a boot. Pure; feedback says what was observed and never
 * what to type.
 */
import type { Finding } from '../schema.ts'
import { atNextBoot, failed, notYet, passed, type Sides, told } from '../shop/criteria.ts'
import type { AtBoot, Tables } from './evidence.ts'
import { backgroundRate } from './load.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  tables: { before: Tables; after: Tables }
  atBoot: AtBoot
  /** Connections of the check itself. */
  connections: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** Entries that are there at the same time: closed connections keep theirs for a while, and a burst comes on top. */
export const neededFor = (closedS: number, connections: number): number =>
  backgroundRate * closedS + connections

/** The check's connections have left hardly a trace in the table. */
export const isUntracked = ({ tables, connections }: Pick<Case, 'tables' | 'connections'>): boolean => {
  const { start, end } = tables.after
  return start.count !== null && end.count !== null && end.count - start.count < connections / 4
}

export function judgeTable(facts: Case): Finding {
  const { tables, connections, served, found } = facts
  const { before, after } = tables
  const { max, closedS } = after.end
  const evidence = [
    { label: 'nf_conntrack_max', before: told(before.end.max), after: told(max) },
    { label: 'Entries after the check', before: told(before.end.count), after: told(after.end.count) },
    {
      label: 'Seconds that a closed connection stays',
      before: told(before.end.closedS),
      after: told(closedS),
    },
    { label: 'Packets dropped during the check', before: told(lost(before)), after: told(lost(after)) },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found ? failed(feedback, evidence, share) : failed('What loses the clients is still in place.', [], share)
  if (served && isUntracked(facts))
    return passed('The connections of the shop take no lasting place in the table.', evidence)
  if (max === null || closedS === null) return fail('The server did not tell its table.')
  if (max < connections) return fail(`The table holds ${max} entries; the check alone makes ${connections}.`)
  const needed = neededFor(closedS, connections)
  if (max < needed) {
    return fail(
      `The table holds ${max} entries. At ${backgroundRate} connections a second, each kept for ${closedS} s after its end, it is full again in some minutes.`,
      0.5,
    )
  }
  return passed(`The table holds ${max} entries, and no more than ${needed} are there at once.`, evidence)
}

export function judgeDurable({ tables, atBoot, connections, served, ...facts }: Case): Finding {
  const evidence = [
    { label: 'nf_conntrack_max after the next boot', after: `${atBoot.max}` },
    { label: 'Seconds that a closed connection stays, then', after: `${atBoot.closedS}` },
  ]
  if (!served) return notYet('What is written for the next boot counts as soon as the clients are served.')
  const needed = neededFor(atBoot.closedS, connections)
  if (atBoot.untracked && isUntracked({ tables, connections }))
    return passed(
      'By the files of this server, the shop’s connections take no place after a boot, either.',
      [],
    )
  return atBoot.max < needed
    ? failed(
        atNextBoot(
          'By the files of this server, the clients would be lost again after the next boot.',
          atBoot,
        ),
        facts.found ? [...evidence, { label: 'Entries at once, then', after: `${needed}` }] : [],
      )
    : passed('By the files of this server, the table is large enough after the next boot, too.', evidence)
}

/** Before the load to after it. */
export const lost = ({ start, end }: Tables): number | null =>
  start.dropped === null || end.dropped === null ? null : end.dropped - start.dropped
