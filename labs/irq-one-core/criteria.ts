/**
 * The criteria that are this lab's own: where packets can go, where they went, what the next boot will say. Pure; feedback says what was observed and never
 * what to type.
 */
import { type DatagramSides, judgeDelivered, row } from '../datagrams/criteria.ts'
import { isDelivered, type Volleys } from '../datagrams/volleys.ts'
import type { Finding } from '../schema.ts'
import { failed, notYet, passed } from '../shop/criteria.ts'
import type { NextBoot } from './boot.ts'
import type { Carried, Paths } from './evidence.ts'

/** Packets as the processors carried them up, during a check. */
export interface Work {
  carried: Carried | null
  /** One for each burst, more or less. */
  pieces: Carried[]
}

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends DatagramSides {
  paths: { before: Paths; after: Paths }
  work: { before: Work; after: Work }
  nextBoot: NextBoot
  spread: boolean
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** A burst falls on both queues by halves, and on two processors as their queues or their hash: 50 to 60 % were seen. */
const busiestAtMost = 0.75
/** In one piece of it: the busier one's part where a look at the counters fell into the middle of a burst was up to 95 % on a busy host. */
const aloneAtLeast = 0.85
/** Of the pieces, in who takes turns; one in four was the most elsewhere. */
const turnsInAtLeast = 1 / 2
/** Pieces for each burst: on a busy host several bursts fall into one piece, and then nobody can tell who carried which. */
const piecesAtLeast = 0.75
/** Of what arrived: fewer packets cannot have been carried. */
const accountedAtLeast = 0.9

const stumbleAtMost = 0.1

export const isSpread = (work: Work, volleys: Volleys): boolean =>
  isAccounted(work, volleys) && (work.carried?.share ?? 1) < busiestAtMost && !isByTurns(work, volleys)

const isByTurns = (work: Work, { bursts }: Volleys): boolean =>
  work.pieces.length >= bursts * piecesAtLeast && aloneIn(work) >= work.pieces.length * turnsInAtLeast

const isAccounted = ({ carried }: Work, { delivered }: Volleys): boolean =>
  (carried?.all ?? 0) >= delivered * accountedAtLeast
const aloneIn = ({ pieces }: Work): number => pieces.filter(({ share }) => share >= aloneAtLeast).length

export function judgeSpread({ work, volleys, spread }: Case): Finding {
  const evidence = [
    row('Packets that each processor carried in a check', work, ({ carried }) => eachOf(carried)),
    row('Of these the busier one', work, ({ carried }) => (carried ? percent(carried.share) : 'unknown')),
    row('Bursts that one processor carried nearly alone', work, (one) =>
      one.pieces.length > 0 ? `${aloneIn(one)} of ${one.pieces.length}` : 'unknown',
    ),
  ]
  const { carried, pieces } = work.after
  const { delivered } = volleys.after
  if (!carried) return failed('The server did not tell what its processors carried.', evidence)
  if (spread) {
    return passed(
      `Both processors carried packets, the busier one ${percent(carried.share)} of them.`,
      evidence,
    )
  }
  if (!isAccounted(work.after, volleys.after)) {
    return failed(
      `${delivered} datagrams arrived, and the processors account for ${carried.all} packets.`,
      evidence,
    )
  }
  if (carried.share >= busiestAtMost) {
    return failed(`One processor carried ${percent(carried.share)} of all packets.`, evidence)
  }
  return failed(
    `The processors took turns: ${aloneIn(work.after)} of ${pieces.length} bursts were carried by one of them nearly alone.`,
    evidence,
  )
}

export function judgeArrived(facts: Case): Finding {
  const finding = judgeDelivered({ ...facts, served: isDelivered(facts.volleys.after) })
  if (finding.status === 'fail' && isStumble(facts)) {
    const feedback = `${finding.feedback} The host was too busy to tell why; check again.`
    return { ...finding, status: 'error', share: 0, feedback }
  }
  if (finding.status !== 'pass' || facts.spread) return finding
  return notYet(`${finding.feedback} This counts as soon as both processors carry them.`)
}

/** A host that stops the machine for longer than bursts are apart makes two of them meet in the rings. One ring alone loses a quarter and more of each. */
function isStumble({ after, volleys: { after: volleys } }: Case): boolean {
  const { sent, lost, unanswered, refused } = volleys
  return after.starved && unanswered + refused === 0 && lost <= sent * stumbleAtMost
}

export function judgeCause({ paths, found }: Case): Finding {
  const evidence = [
    row('Queues that packets are put into', paths, ({ queues }) => listOf(queues)),
    row('Processors that these interrupt', paths, ({ interrupted }) => listOf(interrupted)),
    row('Processors that carry the packets up', paths, ({ processors }) => listOf(processors)),
  ]
  const { processors } = paths.after
  if (processors.length > 1) return passed('Packets can reach more than one processor.', evidence)
  if (!found) return failed('What leaves one processor idle is still in place.', [])
  return failed(
    processors.length === 0
      ? 'The server did not tell where its packets go.'
      : `All packets can only end on processor ${processors[0]}.`,
    evidence,
  )
}

export function judgeDurable({ nextBoot, volleys, served }: Case): Finding {
  if (!served) {
    return notYet('What is written for the next boot counts as soon as both processors carry whole bursts.')
  }
  const { isSpread: willBeSpread, oneQueue, ring } = nextBoot
  const evidence = [
    { label: 'Work after the next boot', after: willBeSpread ? 'both processors' : 'one processor' },
    { label: 'Queues after the next boot', after: oneQueue ? `one, of ${ring}` : `all, of ${ring} each` },
  ]
  if (!willBeSpread) {
    return failed(
      'By the files of this server, one processor would do all of it after the next boot.',
      evidence,
    )
  }
  return oneQueue && ring <= volleys.after.largest
    ? failed('By the files of this server, bursts would be cut again after the next boot.', evidence)
    : passed('By the files of this server, both processors will work after the next boot, too.', evidence)
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
const listOf = (numbers: number[]): string => numbers.join(', ') || 'unknown'
const eachOf = (carried: Carried | null): string => carried?.each.join(' and ') ?? 'unknown'
