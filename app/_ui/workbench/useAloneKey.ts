/** Ctrl-Shift-F7, the neighbour of the way out of the terminal: Escape and the rest are keys of the shell. Knows not what it does. */
'use client'
import { useEffect, useRef } from 'react'

export function useAloneKey(toggle: () => void): void {
  const latest = useRef(toggle)
  latest.current = toggle
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'F7' || !event.ctrlKey || !event.shiftKey || event.repeat) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
