/**
 * What browsers hear of a workshop room: what the instructor leads with, and one tile for each learner. Plain values that survive JSON; times are unix
 * milliseconds by the server's clock. Knows no database and no connection.
 */
import type { StageId } from '../../labs/stages.ts'
import type { Item } from '../release.ts'

/** What the whole room is told. */
export interface LedView {
  id: string
  cohort: string
  /** The cohort's. */
  name: string
  openedAt: number
  /** Where everybody is brought; `at` names this one, so that nobody is brought twice. */
  lead: { item: Item; at: number } | null
  timer: { text: string; endsAt: number } | null
  /** The newest first. */
  messages: MessageView[]
  /** `hint` null: the solution. */
  reveals: { lab: string; hint: number | null; at: number }[]
  /** Whose terminal everybody in the cohort may watch; null: nobody's is shown. */
  screen: { by: string } | null
  /** What the items named here are called, by whoever knows the course. */
  titles?: Record<string, string>
}

export interface MessageView {
  id: string
  /** A command is there to be copied. */
  kind: 'message' | 'command'
  text: string
  at: number
}

/** How many messages a browser is told of. */
export const mostMessages = 20

/** The room as one learner hears it. */
export interface SeatView {
  room: LedView
  /** Their place among the raised hands, 1 the first; null: theirs is down. */
  hand: { place: number; of: number } | null
  /** The lab whose machine of theirs runs: nobody is brought away from it unasked. */
  machine: string | null
}

/** To a learner's page, whenever it changes. `seat` null: no room is open for them. */
export interface SeatNews {
  now: number
  seat: SeatView | null
}

/** One learner on the wall. */
export interface Tile {
  id: string
  name: string
  /** Whether a page of theirs is open. */
  online: boolean
  item: Item | 'playground' | null
  attempt: string | null
  machine: 'starting' | 'running' | 'asleep' | 'dead' | null
  /** The stage that loses most of their packets now; null: none does, or nobody has told. */
  losing: StageId | null
  /** Of the last check at this attempt. */
  criteria: { passed: number; all: number } | null
  passed: boolean
  activeAt: number | null
  /** Since when they got no further in this lab; null while there is nothing to get further in. */
  since: number | null
  hand: number | null
  handAt: number | null
  /** Longer at it than the others. */
  stuck: boolean
}

/** To the wall: everything at first, then what has changed. */
export interface WallNews {
  now: number
  /** Everything: what was told before is forgotten. */
  all?: boolean
  led?: LedView | null
  /** Whole tiles, of those that changed. */
  tiles?: Tile[]
  gone?: string[]
  /** Learners of the cohort that have no tile, for there are too many. */
  hidden?: number
}
