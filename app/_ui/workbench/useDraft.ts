/** The draft of one attempt, for a form. What is typed before there is an attempt goes along with the first. */
'use client'
import { useEffect, useRef, useState } from 'react'
import type { Drafts } from './drafts.ts'

/**
 * @param kept what the server has of this attempt, for a browser that has nothing
 * @returns also whether somebody has typed here since it was opened
 */
export function useDraft<Draft>(
  drafts: Drafts<Draft>,
  attempt: string | undefined,
  kept: Draft | undefined,
): [Draft, (next: Draft) => void, boolean] {
  const [draft, setDraft] = useState(drafts.empty)
  const [changed, setChanged] = useState(false)
  const early = useRef<Draft | undefined>(undefined)
  const known = useRef(kept)
  known.current = kept
  useEffect(() => {
    if (!attempt) return
    setDraft(drafts.open(attempt, early.current ?? known.current))
    setChanged(early.current !== undefined)
    early.current = undefined
  }, [drafts, attempt])
  const change = (next: Draft) => {
    setDraft(next)
    setChanged(true)
    if (attempt) drafts.save(attempt, next)
    else early.current = next
  }
  return [draft, change, changed]
}
