/**
 * Ctrl-Shift-F6 leaves the terminal, which keeps every other key, for the tabs of the workbench or what stands above it, and comes back. Knows no xterm beyond the
 * class of its hidden text field.
 */
'use client'
import { type RefObject, useEffect } from 'react'

export function useFocusHatch(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || !event.ctrlKey || !event.shiftKey) return
      event.preventDefault()
      const inTerminal = document.activeElement?.closest('.terminal-stage')
      const target = inTerminal
        ? '.views [data-wide], .views [data-narrow], .look-head button, .terminal-tabs button'
        : '.terminal-screen:not([hidden]) .xterm-helper-textarea'
      root.current?.querySelector<HTMLElement>(target)?.focus()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [root])
}
