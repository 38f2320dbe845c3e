/**
 * A workshop room as it is now: one reducer over what is heard of it. What is stored comes whole from the database (facts.ts), so that a process that
 * was restarted knows it again; pages and machines are heard of anew. Pure; knows no database, no connection and no clock.
 */
import type { StageId } from '../../labs/stages.ts'
import type { Item } from '../release.ts'
import type { LedView } from './view.ts'

/** What the database has of a learner. */
export interface LearnerFacts {
  id: string
  name: string
  /** Where they were last seen reading. */
  place: { item: Item; at: number } | null
  /** Their newest open attempt, or else their last one since the room was opened: for practice or in this cohort's assignments. */
  attempt: {
    id: string
    lab: string
    isOpen: boolean
    startedAt: number
    criteria: { passed: number; all: number } | null
    /** When they last got further: the start, or a check that passed more than any before. */
    progressAt: number
    passedAt: number | null
    checkedAt: number | null
  } | null
  /** The lab of their newest open attempt, for whomever: their own page alone hears of it. */
  machine: string | null
}

export interface Hand {
  person: string
  at: number
}

/** A machine as the sandbox service sees it. */
export interface MachineNow {
  id: string
  state: 'starting' | 'running' | 'asleep' | 'dead'
  losing: StageId | null
  lastSign: number
}

interface Page {
  person: string
  item: Item | 'playground' | null
}

export interface RoomState {
  led: LedView | null
  learners: ReadonlyMap<string, LearnerFacts>
  /** Learners of the cohort beyond those. */
  hidden: number
  /** In the order in which they were raised. */
  hands: readonly Hand[]
  pages: ReadonlyMap<string, Page>
  active: ReadonlyMap<string, number>
  machines: ReadonlyMap<string, MachineNow>
}

export type RoomEvent =
  /** All that is stored, at one moment. */
  | {
      type: 'stored'
      led: LedView | null
      learners: readonly LearnerFacts[]
      hidden: number
      hands: readonly Hand[]
    }
  /** A page of theirs opened, or went on to somewhere else. */
  | { type: 'page'; page: string; person: string; item: Item | 'playground' | null; at: number }
  | { type: 'left'; page: string; at: number }
  /** They did something. */
  | { type: 'active'; person: string; at: number }
  /** All machines that were asked for; one that is missing is gone. */
  | { type: 'machines'; machines: readonly MachineNow[] }

export const emptyRoom: RoomState = {
  led: null,
  learners: new Map(),
  hidden: 0,
  hands: [],
  pages: new Map(),
  active: new Map(),
  machines: new Map(),
}

export function reduce(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'stored': {
      const learners = new Map(event.learners.map((one) => [one.id, one]))
      const hands = event.hands.toSorted((a, b) => a.at - b.at || (a.person < b.person ? -1 : 1))
      return { ...state, led: event.led, hidden: event.hidden, learners, hands }
    }
    case 'page': {
      const { page, person, item, at } = event
      return { ...active(state, person, at), pages: new Map(state.pages).set(page, { person, item }) }
    }
    case 'left': {
      const page = state.pages.get(event.page)
      if (!page) return state
      const pages = new Map(state.pages)
      pages.delete(event.page)
      return { ...active(state, page.person, event.at), pages }
    }
    case 'active':
      return active(state, event.person, event.at)
    case 'machines':
      return { ...state, machines: new Map(event.machines.map((one) => [one.id, one])) }
  }
}

/** What is heard late does not make anybody less active. */
function active(state: RoomState, person: string, at: number): RoomState {
  if ((state.active.get(person) ?? 0) >= at) return state
  return { ...state, active: new Map(state.active).set(person, at) }
}

/** Their place in the queue, 1 the first; null when their hand is down. */
export function placeInQueue({ hands }: RoomState, person: string): number | null {
  const index = hands.findIndex((hand) => hand.person === person)
  return index < 0 ? null : index + 1
}
