/** Asks before the page is left while a machine is live: Ctrl-W in a shell closes the tab in some browsers. */
'use client'
import { useEffect } from 'react'

export function useLeaveGuard(live: boolean): void {
  useEffect(() => {
    if (!live) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [live])
}
