/** The room as a learner's browser hears it, kept outside React. Knows no drawing. */
import type { SeatNews, SeatView } from '#/classroom/room/view.ts'
import { aheadOf, listen } from '../listen.ts'

export interface Seat {
  /** Null: no room is open for them. */
  view: SeatView | null
  live: boolean
  /** How far the server's clock is ahead of this one's, in ms. */
  ahead: number
}

export function seatStore() {
  let seat: Seat = { view: null, live: false, ahead: 0 }
  const listeners = new Set<() => void>()
  const set = (change: Partial<Seat>) => {
    seat = { ...seat, ...change }
    for (const listener of listeners) listener()
  }
  const here = () => `/api/room/seat?at=${encodeURIComponent(location.pathname)}`
  const line = listen(here, {
    news(text) {
      const { now, seat: view } = JSON.parse(text) as SeatNews
      set({ view, live: true, ahead: aheadOf(seat.ahead, now) })
    },
    live: (live) => set({ live }),
  })
  return {
    seat: () => seat,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** The page is another one now. */
    moved: line.again,
    stop: line.stop,
  }
}

export type SeatStore = ReturnType<typeof seatStore>
