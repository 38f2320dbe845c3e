/**
 * What is shown of a room's state: a tile for each learner, a seat for one of them, and what has changed since the last time. Pure; knows no
 * connection.
 */
import { type LearnerFacts, placeInQueue, type RoomState } from './state.ts'
import { stuckAmong } from './stuck.ts'
import type { SeatView, Tile, WallNews } from './view.ts'

export function tilesOf(state: RoomState, now: number): Tile[] {
  const stuck = stuckAmong(state.learners.values(), now)
  const pages = pagesByPerson(state)
  return [...state.learners.values()].map((learner) => {
    const { id, name, attempt, place } = learner
    const at = pages.get(id)
    const machine = attempt?.isOpen ? (state.machines.get(attempt.id) ?? null) : null
    const hand = placeInQueue(state, id)
    return {
      id,
      name,
      online: at !== undefined,
      item: at ?? (attempt?.isOpen ? itemOf(attempt.lab) : (place?.item ?? null)),
      attempt: attempt?.isOpen ? attempt.id : null,
      machine: machine?.state ?? null,
      losing: machine?.state === 'running' ? machine.losing : null,
      criteria: attempt?.criteria ?? null,
      passed: attempt !== null && attempt.passedAt !== null,
      activeAt: lastActive(learner, state, machine?.lastSign),
      since: attempt?.isOpen && attempt.passedAt === null ? attempt.progressAt : null,
      hand,
      handAt: hand === null ? null : (state.hands[hand - 1]?.at ?? null),
      stuck: stuck.has(id),
    }
  })
}

export function seatOf(state: RoomState, person: string): SeatView | null {
  if (!state.led || !state.learners.has(person)) return null
  const place = placeInQueue(state, person)
  return {
    room: state.led,
    hand: place === null ? null : { place, of: state.hands.length },
    machine: state.learners.get(person)?.machine ?? null,
  }
}

/** Times of activity move all the time: they are told when they say something new on a tile, which counts in minutes. */
const worthTellingMs = 20_000

/** What is new on the wall; null when nothing is. */
export function newsBetween(
  before: readonly Tile[],
  after: readonly Tile[],
): Pick<WallNews, 'tiles' | 'gone'> | null {
  const old = new Map(before.map((tile) => [tile.id, tile]))
  const tiles = after.filter((tile) => !isSame(old.get(tile.id), tile))
  const still = new Set(after.map(({ id }) => id))
  const gone = before.filter(({ id }) => !still.has(id)).map(({ id }) => id)
  if (tiles.length === 0 && gone.length === 0) return null
  return { ...(tiles.length > 0 && { tiles }), ...(gone.length > 0 && { gone }) }
}

/** The tiles as whoever was told this has them. */
export function applied(before: readonly Tile[], { tiles = [], gone = [] }: WallNews): Tile[] {
  const fresh = new Map(tiles.map((tile) => [tile.id, tile]))
  const kept = before.filter(({ id }) => !gone.includes(id)).map((tile) => fresh.get(tile.id) ?? tile)
  const known = new Set(before.map(({ id }) => id))
  return [...kept, ...tiles.filter(({ id }) => !known.has(id))]
}

function isSame(before: Tile | undefined, after: Tile): boolean {
  if (!before) return false
  const { activeAt: was, ...rest } = before
  const { activeAt: is, ...now } = after
  return JSON.stringify(rest) === JSON.stringify(now) && Math.abs((is ?? 0) - (was ?? 0)) < worthTellingMs
}

/** Of several pages the one that says most: a lab, else a chapter, else any. */
function pagesByPerson({ pages }: RoomState): Map<string, Tile['item']> {
  const found = new Map<string, Tile['item']>()
  for (const { person, item } of pages.values()) {
    const before = found.get(person)
    if (before === undefined || weight(item) >= weight(before)) found.set(person, item)
  }
  return found
}

const weight = (item: Tile['item']): number =>
  item === null ? 0 : item === 'playground' || item.startsWith('lab:') ? 2 : 1

const itemOf = (lab: string): Tile['item'] => (lab === 'playground' ? 'playground' : `lab:${lab}`)

function lastActive({ id, attempt, place }: LearnerFacts, state: RoomState, sign = 0): number | null {
  const last = Math.max(
    state.active.get(id) ?? 0,
    attempt?.startedAt ?? 0,
    attempt?.checkedAt ?? 0,
    place?.at ?? 0,
    sign,
  )
  return last || null
}
