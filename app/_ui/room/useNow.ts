/** The time, as often as a page shows it anew. */
'use client'
import { useEffect, useState } from 'react'

/** @param ahead how far the clock that counts is ahead of this one */
export function useNow(everyMs: number, ahead = 0): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now + ahead
}
