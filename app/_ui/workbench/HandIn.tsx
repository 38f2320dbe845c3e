/**
 * Handing an attempt in: says before what it freezes, takes what stands in the diagnosis with it, and leads to the assignment, where the verdict
 * is. A diagnosis that is begun and not complete is not handed in by accident.
 */
'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import type { Given, Question } from '#/labs/schema.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { api } from '../api.ts'
import { Ask } from '../control/Ask.tsx'
import { Button } from '../control/Button.tsx'
import { type Assigned, answersOf } from './assigned.ts'
import type { WorkbenchState } from './useWorkbench.ts'

const text = workText.bench

interface Parts {
  bench: WorkbenchState
  assigned: Assigned | null
  questions: Question[] | null
  /** What stands in the form cannot be handed in. */
  onWrong(): void
}

export function useHandIn({ bench, assigned, questions, onWrong }: Parts) {
  const [asking, setAsking] = useState<{ answers: Given | null } | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const router = useRouter()
  const attempt = bench.attempt?.id ?? null
  return {
    asking,
    busy,
    problem,
    dismiss: () => setProblem(null),
    stay: () => setAsking(null),
    ask() {
      if (!attempt) return
      const read = answersOf(attempt, questions)
      setProblem(read.ok ? null : read.what === 'sheet' ? text.sheetWrong : text.incomplete)
      if (read.ok) setAsking({ answers: read.answers })
      else onWrong()
    },
    async handIn() {
      if (!attempt || !assigned || !asking || busy) return
      setAsking(null)
      setBusy(true)
      const result = await api.handIn(attempt, asking.answers)
      // Handed in elsewhere, or by the clock: the assignment says how it went.
      if (result.ok || result.problem.code === 'attempt-closed') return router.push(assigned.back)
      setBusy(false)
      setProblem(result.problem)
    },
  }
}
export type Handing = ReturnType<typeof useHandIn>

export const HandInButton = ({ handing, disabled }: { handing: Handing; disabled: boolean }) => (
  <Button disabled={disabled} busy={handing.busy} onClick={handing.ask}>
    {handing.busy ? text.handing : text.handIn}
  </Button>
)

export const AskHandIn = ({ handing, questions }: { handing: Handing; questions: boolean }) => (
  <Ask
    open={handing.asking !== null}
    title={text.title}
    body={text.body((handing.asking?.answers ?? null) !== null, questions)}
    yes={text.yes}
    no={text.no}
    onYes={handing.handIn}
    onNo={handing.stay}
  />
)
