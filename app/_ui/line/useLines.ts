/** Lets the terminal in front take lines that were clicked elsewhere: in another tab, or on the page before this one. */
'use client'
import { useEffect, useRef } from 'react'
import { hearLines, type Taken, takeLine, typed } from './lines.ts'

/** @param type types into the shell in front, and says what became of it @param ready whether it takes anything now */
export function useLines(attempt: string, ready: boolean, type: (data: string) => Taken): void {
  const latest = useRef(type)
  latest.current = type
  useEffect(() => {
    if (!ready) return
    const line = takeLine(attempt)
    if (line !== null) latest.current(typed(line))
    return hearLines(attempt, (heard) => latest.current(typed(heard)))
  }, [attempt, ready])
}
