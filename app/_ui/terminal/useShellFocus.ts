/**
 * Where the keys go when shells come and go from here: a new one has them once it is in front, and where the one that was ended leaves nothing with
 * the focus, its neighbour has. Knows no layout.
 */
'use client'
import { type RefObject, useEffect, useRef } from 'react'
import type { Shell } from './shells.ts'
import type { OpenTerminal } from './TerminalView.tsx'

interface Parts {
  shells: Shell[]
  front: Shell | null
  terminals: RefObject<Map<string, OpenTerminal>>
  /** Opens a shell where there is none. */
  renewButton: RefObject<HTMLButtonElement | null>
}

export function useShellFocus({ shells, front, terminals, renewButton }: Parts) {
  const wanted = useRef<string | null>(null)
  const ending = useRef<string | null>(null)
  // After every drawing: the list and the answer to *New shell* come in either order, and an emulator is there before this is asked.
  useEffect(() => {
    const terminal = terminals.current.get(front?.key ?? '')?.terminal
    if (terminal && wanted.current === front?.key) {
      wanted.current = null
      if (!isTypingElsewhere()) terminal.focus()
    }
    if (ending.current === null || shells.some(({ key }) => key === ending.current)) return
    ending.current = null
    // What was pressed to end it is gone with it.
    if (document.activeElement !== document.body) return
    if (terminal) terminal.focus()
    else renewButton.current?.focus()
  })
  return {
    /** This one gets the keys once it is in front; null: none does. */
    want(key: string | null): void {
      wanted.current = key
    },
    /** This one is being ended from here; null: it is not, after all. */
    end(key: string | null): void {
      ending.current = key
    },
  }
}

/** Somebody has gone on to a field of the page while a shell was being opened. */
const isTypingElsewhere = (): boolean =>
  document.activeElement?.matches('input, select, textarea:not(.xterm-helper-textarea)') ?? false
