/**
 * Ctrl-Shift-F6 leaves the terminal, which keeps every other key, for the tabs of the workbench or what stands above it, and comes back; whatever else
 * asks for the terminal (terminal/entrance.ts) is led the same way. Knows no xterm beyond the class of its hidden text field.
 */
'use client'
import { type RefObject, useEffect } from 'react'
import { enterTerminal, enterWish } from '../terminal/entrance.ts'
import { focusFirst, selectedTab } from './focus.ts'

const field = '.terminal-screen:not([hidden]) .xterm-helper-textarea'
const ways = `${selectedTab}, .look-head button, .terminal-bar button`

/** @param show brings the terminal into view, at once; the same function at every drawing */
export function useFocusHatch(root: RefObject<HTMLElement | null>, show?: () => void): void {
  useEffect(() => {
    const enter = (event: Event) => {
      if (!root.current?.querySelector(field)) return
      event.preventDefault()
      show?.()
      root.current.querySelector<HTMLElement>(field)?.focus()
    }
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || !event.ctrlKey || !event.shiftKey) return
      event.preventDefault()
      const inside = document.activeElement?.closest('.terminal-stage')
      if (inside) focusFirst(root.current ?? document, ways)
      else enterTerminal()
    }
    window.addEventListener(enterWish, enter)
    window.addEventListener('keydown', hear)
    return () => {
      window.removeEventListener(enterWish, enter)
      window.removeEventListener('keydown', hear)
    }
  }, [root, show])
}
