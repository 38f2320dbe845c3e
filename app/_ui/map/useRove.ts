/** One stop of the Tab key for a row of buttons: arrows, Home and End go along it, Escape is told. Knows what stands in it by `data-stage` only. */
'use client'
import { useState } from 'react'

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export function useRove<Id extends string>(ids: readonly Id[], onEscape: () => void) {
  const [here, setHere] = useState<Id | undefined>(ids[0])
  function onKeyDown(event: React.KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Escape') return onEscape()
    const next = nextPlace(event.key, here ? ids.indexOf(here) : 0, ids.length)
    if (next === null) return
    event.preventDefault()
    event.currentTarget.querySelector<HTMLElement>(`[data-stage="${ids[next]}"]`)?.focus()
  }
  return { here, onFocus: setHere, onKeyDown }
}

/** Ends are ends: whoever holds an arrow stops at the app. Null: a key of somebody else's. */
export function nextPlace(key: string, at: number, count: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? null : Math.min(count - 1, Math.max(0, at + step))
}
