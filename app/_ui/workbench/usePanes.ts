/** The panes of the workbench as they are drawn now: their sizes, which are folded away, and remembering both. Knows no part that stands in them. */
'use client'
import { useState } from 'react'
import { fitPanes, type Panes, rememberPanes } from './panes.ts'

/** Of the buttons that fold a pane away and back. */
const toggles = { side: 'toggle-side', world: 'toggle-world' } as const

export function usePanes(remembered: Panes) {
  const [panes, setPanes] = useState(remembered)
  const change = (next: Partial<Panes>, remember = true): void => {
    const fitted = fitPanes({ ...panes, ...next })
    setPanes(fitted)
    if (remember) rememberPanes(fitted)
  }
  return {
    panes,
    toggles,
    change,
    /** By its own edge, which goes with it: what unfolds it has the focus after that. */
    fold(pane: 'side' | 'world'): void {
      change(pane === 'side' ? { sideShut: true } : { worldShut: true })
      document.getElementById(toggles[pane])?.focus()
    },
    /** Somebody asks for what stands in the left pane. */
    unfoldSide(): void {
      if (panes.alone || panes.sideShut) change({ alone: false, sideShut: false })
    },
  }
}
export type PanesState = ReturnType<typeof usePanes>
