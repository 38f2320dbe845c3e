/** One thing that is led from the wall: sent without leaving it; what came of it stands below. Knows not what it is. */
'use client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { Button } from '../../control/Button.tsx'
import { ProblemNote } from '../../control/ProblemNote.tsx'
import { ShapePass } from '../../control/Shape.tsx'
import { roomApi } from '../room-api.ts'
import { sendTyped } from './send-typed.ts'

interface Props {
  cohort: string
  deed: string
  word: string
  look?: 'primary' | 'plain'
  /** What the form says, as the deed takes it. */
  read?(typed: FormData): object
  /** Whether what was typed is taken away once it is done. */
  clears?: boolean
  children?: ReactNode
}

export function LeadForm({ cohort, deed, word, look = 'plain', read, clears = false, children }: Props) {
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Problem | 'done' | null>(null)
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    setBusy(true)
    setOutcome(null)
    const done = await sendTyped(
      { typed: () => new FormData(form), reset: () => clears && form.reset() },
      (typed) => roomApi.deed(cohort, deed, read?.(typed) ?? {}),
    )
    setBusy(false)
    setOutcome(done.ok ? 'done' : done.problem)
  }
  return (
    <form onSubmit={send} className="space-y-3">
      {children}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look={look} busy={busy}>
          {word}
        </Button>
        <span role="status" className="inline-flex items-center gap-1.5 text-sm text-muted">
          {outcome === 'done' && (
            <>
              <ShapePass className="text-green" />
              {roomText.lead.sent}
            </>
          )}
        </span>
      </div>
      {outcome !== null && outcome !== 'done' && <ProblemNote problem={outcome} />}
    </form>
  )
}
