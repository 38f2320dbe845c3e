/**
 * The rooms that are watched in this process: whoever listens is told at first what there is and then what changes, at most four times a second. What is
 * stored is read again when somebody says that it has changed, when a learner does something, and every ten seconds whatever happens: so other
 * processes' deeds arrive too, and nothing has to be handed over at a restart. Knows no HTTP, no rights and no database.
 */
import { mostLearners } from './facts.ts'
import { LiveRoom, type RoomSources, type RoomTimes } from './live-room.ts'
import type { Tile } from './view.ts'

export type { RoomSources } from './live-room.ts'

/** A person in front of more pages than this is a script. */
const mostPagesEach = 12
/** A socket each, and memory. Of each cohort by itself: no crowd keeps another cohort out. */
const mostSeatsEach = 4 * mostLearners
const mostWallsEach = 20

export class CrowdedError extends Error {}

export interface Seat {
  person: string
  item: Tile['item']
  /** The only cohort whose wall may say so; all of theirs, when none is named. */
  itemOf?: string | null
}

export function createHub(sources: RoomSources, times: Partial<RoomTimes> = {}) {
  const live = new Map<string, LiveRoom>()
  const seats = new Map<string, number>()
  let pages = 0

  return {
    /** Hears news of the wall, as JSON. Returns how to stop. @throws CrowdedError */
    watch(cohort: string, hear: (news: string) => void): () => void {
      const room = roomOf(cohort)
      if (room.walls >= mostWallsEach) throw new CrowdedError('Too many pages show this wall already.')
      return left(cohort, room.watch(hear))
    },

    /**
     * Hears of the room that is open for a learner in any of these cohorts that has a place, as JSON (SeatNews). Being here is what puts them
     * on the wall. Returns how to leave. @throws CrowdedError
     */
    sit(
      cohorts: readonly string[],
      { person, item, itemOf }: Seat,
      hear: (seat: string) => void,
    ): () => void {
      const own = seats.get(person) ?? 0
      const here = cohorts.filter((cohort) => (live.get(cohort)?.seats ?? 0) < mostSeatsEach)
      if (own >= mostPagesEach || here.length === 0) throw new CrowdedError('Too many pages listen already.')
      seats.set(person, own + 1)
      const page = String(++pages)
      const heard = new Map<string, { text: string; openedAt: number }>()
      let told = ''
      const tell = () => {
        const open = [...heard.values()].filter(({ openedAt }) => openedAt > 0)
        const text = open.toSorted((a, b) => b.openedAt - a.openedAt)[0]?.text ?? 'null'
        // One that nobody has told of yet may be the one that is open.
        if (text === told || (text === 'null' && heard.size < here.length)) return
        told = text
        hear(`{"now":${Date.now()},"seat":${text}}`)
      }
      const leave = here.map((cohort) =>
        left(
          cohort,
          roomOf(cohort).sit({ page, person, item: itemOf && itemOf !== cohort ? null : item }, (seat) => {
            heard.set(cohort, { text: JSON.stringify(seat), openedAt: seat?.room.openedAt ?? 0 })
            tell()
          }),
        ),
      )
      return () => {
        const count = seats.get(person) ?? 1
        if (count > 1) seats.set(person, count - 1)
        else seats.delete(person)
        for (const one of leave) one()
      }
    },

    /** Something of this room was stored. */
    changed(cohort: string): void {
      live.get(cohort)?.changed()
    },

    /** Somebody did something, wherever they sit. */
    touched(person: string): void {
      if (seats.has(person)) for (const room of live.values()) room.touched(person)
    },
  }

  function roomOf(cohort: string): LiveRoom {
    const room = live.get(cohort) ?? new LiveRoom(cohort, sources, times)
    live.set(cohort, room)
    return room
  }

  /** Nothing is kept for a room that nobody listens to. Leaving twice is leaving once. */
  function left(cohort: string, leave: () => void): () => void {
    let gone = false
    return () => {
      if (gone) return
      gone = true
      leave()
      const room = live.get(cohort)
      if (room?.isEmpty) live.delete(cohort)
    }
  }
}

export type Hub = ReturnType<typeof createHub>
