/** The draft of one attempt, for a form. What is typed before there is an attempt goes along with the first. */
'use client'
import { useEffect, useRef, useState } from 'react'
import type { Drafts } from './drafts.ts'

export function useDraft<Draft>(
  drafts: Drafts<Draft>,
  attempt: string | undefined,
): [Draft, (next: Draft) => void] {
  const [draft, setDraft] = useState(drafts.empty)
  const early = useRef<Draft | undefined>(undefined)
  useEffect(() => {
    if (!attempt) return
    setDraft(drafts.open(attempt, early.current))
    early.current = undefined
  }, [drafts, attempt])
  const change = (next: Draft) => {
    setDraft(next)
    if (attempt) drafts.save(attempt, next)
    else early.current = next
  }
  return [draft, change]
}
