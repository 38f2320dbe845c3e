/** Below an answer: did you know it? What was said before, and when it is asked again. The answer itself is the server's. */
'use client'
import { useRef, useState } from 'react'
import { readingText as text } from '#/app/_text/en.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { readingApi } from '../reading-api.ts'
import { recallState } from './when.ts'

interface Props {
  chapter: string
  question: string
  /** What is said at first; made on the server, so that both see the same day. */
  state: string
  /** Whether it waits for an answer now. */
  open: boolean
}

export function RecallMarks({ chapter, question, ...initial }: Props) {
  const [state, setState] = useState(initial.state)
  const [open, setOpen] = useState(initial.open)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const said = useRef<HTMLParagraphElement>(null)
  async function answer(knew: boolean) {
    setBusy(true)
    const result = await readingApi.answerRecall(chapter, question, knew)
    setBusy(false)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    setState(recallState(result.value, new Date()))
    setOpen(false)
    // The button that was pressed goes away: whoever stands on it goes on from what is said instead.
    if (said.current?.parentElement?.contains(document.activeElement)) said.current.focus()
  }
  return (
    <div className="recall-marks print:hidden">
      <p ref={said} role="status" tabIndex={-1}>
        {state}
      </p>
      {open && (
        <Button busy={busy} onClick={() => answer(true)}>
          {text.knew}
        </Button>
      )}
      <Button look={open ? 'plain' : 'quiet'} busy={busy} onClick={() => answer(false)}>
        {open ? text.notYet : text.forgot}
      </Button>
      {problem && <ProblemNote problem={problem} className="basis-full" />}
    </div>
  )
}
