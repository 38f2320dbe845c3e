/**
 * Below the form of work on an assignment: what stands whole in it is kept by the server while it is typed, since time may be up before anybody presses
 * a button. Says so, and says when it is not so.
 */
'use client'
import { useEffect, useRef, useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import type { Given } from '#/labs/schema.ts'
import { api } from '../api.ts'

const text = workText.bench.kept
/** After the last key. */
const pauseMs = 1_000
/** When the server could not be reached. */
const againMs = 5_000

interface Props {
  attempt: string
  deadlineAt: string | null
  /** Null: the form is empty. Undefined: it is begun and not whole; what was whole before stays kept. */
  answers: Given | null | undefined
  questions?: boolean
}

export function KeptAnswers({ attempt, deadlineAt, answers, questions = false }: Props) {
  const failed = useKept(attempt, answers === undefined ? null : JSON.stringify(answers))
  if (deadlineAt === null) return null
  return (
    <p role="status" className={`text-sm ${failed ? 'text-red' : 'text-muted'}`}>
      {failed ? text.failed : text.note(questions)}
    </p>
  )
}

/** @param whole as JSON, so that the same answers are told once. Whether the last attempt to tell them went wrong. */
function useKept(attempt: string, whole: string | null): boolean {
  const [failed, setFailed] = useState(false)
  const told = useRef<string | null>(null)
  const telling = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    // An empty form on another device knows nothing of what stands in the first.
    const isNew = whole !== null && whole !== told.current && !(whole === 'null' && told.current === null)
    if (!isNew) return
    let timer: ReturnType<typeof setTimeout>
    let over = false
    async function tell() {
      // One after the other: an earlier one must not come later.
      await telling.current
      if (over) return
      const asked = api.keepAnswers(attempt, JSON.parse(whole ?? 'null'))
      telling.current = asked
      const result = await asked
      if (result.ok) told.current = whole
      if (over) return
      const isOutage = !result.ok && (result.status === 0 || result.status >= 500)
      setFailed(isOutage)
      if (isOutage) timer = setTimeout(tell, againMs)
    }
    timer = setTimeout(tell, pauseMs)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [attempt, whole])
  return failed
}
