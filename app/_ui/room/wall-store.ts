/** The wall as the browser has it: what it was told, kept outside React, so that only what changed is drawn anew. Knows no drawing. */
import { applied } from '#/classroom/room/tiles.ts'
import type { LedView, Tile, WallNews } from '#/classroom/room/view.ts'
import { aheadOf, type Line, listen } from './listen.ts'

export interface WallView {
  /** Undefined before the first news; null: closed. */
  led: LedView | null | undefined
  tiles: readonly Tile[]
  hidden: number
  live: boolean
  /** How far the server's clock is ahead of this one's, in ms. */
  ahead: number
}

const nothing: WallView = { led: undefined, tiles: [], hidden: 0, live: false, ahead: 0 }

export function wallStore(cohort: string) {
  let view = nothing
  let line: Line | null = null
  const listeners = new Set<() => void>()
  const set = (change: Partial<WallView>) => {
    view = { ...view, ...change }
    for (const listener of listeners) listener()
  }

  function news(text: string) {
    const { all, now, led, tiles, gone, hidden } = JSON.parse(text) as WallNews
    set({
      live: true,
      ahead: aheadOf(view.ahead, now),
      tiles: applied(all ? [] : view.tiles, { now, tiles, gone }),
      ...(led !== undefined && { led }),
      ...(hidden !== undefined && { hidden }),
    })
  }

  return {
    view: () => view,
    before: () => nothing,
    /** The first who looks opens the line, the last closes it. */
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      line ??= listen(() => `/api/cohorts/${cohort}/room/wall`, { news, live: (live) => set({ live }) })
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        line?.stop()
        line = null
      }
    },
  }
}
