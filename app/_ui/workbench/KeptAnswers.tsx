/**
 * Below the form of work on an assignment: what can be handed in of it is kept by the server while it is typed, since time may be up before anybody presses
 * a button. Says what would be handed in, and when it could not be kept.
 */
'use client'
import { useEffect, useRef, useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import type { Given } from '#/labs/schema.ts'
import { api } from '../api.ts'
import { localKept } from '../kept.ts'
import { type Taken, Teller } from './teller.ts'

const text = workText.bench.kept

interface Props {
  attempt: string
  /** Null: it never hands itself in. */
  deadlineAt: string | null
  /** Null: nothing stands there. Undefined: nothing of it can be handed in as it stands. */
  answers: Given | null | undefined
  /** Something that stands there is not among the answers. */
  partial: boolean
  /** Somebody has typed here. What merely stands there from before may be older than what was typed elsewhere. */
  changed: boolean
  questions?: boolean
}

export function KeptAnswers({ attempt, deadlineAt, answers, partial, changed, questions = false }: Props) {
  const state = useTold(attempt, answers === undefined ? null : JSON.stringify(answers), changed)
  if (deadlineAt === null || state === 'over') return null
  const failed = state === 'failed'
  return (
    <p role="status" className={`text-sm ${failed ? 'text-red' : 'text-muted'}`}>
      {failed ? text.failed : partial ? text.partial(questions) : text.note}
    </p>
  )
}

/** Of this browser: something was typed and is not known to be kept. It outlives the page. */
const untoldKey = (attempt: string) => `ringside:untold:${attempt}`

/** @param whole as JSON; null: what was kept before stays */
function useTold(attempt: string, whole: string | null, changed: boolean): Taken | null {
  const [state, setState] = useState<Taken | null>(null)
  const teller = useRef<Teller | null>(null)
  useEffect(() => {
    const made = new Teller({
      tell: (what) => tell(attempt, what),
      became(taken) {
        if (taken !== 'failed') localKept.remove(untoldKey(attempt))
        setState(taken)
      },
    })
    teller.current = made
    return () => made.stop()
  }, [attempt])
  useEffect(() => {
    if (whole === null || !(changed || localKept.get(untoldKey(attempt)))) return
    localKept.set(untoldKey(attempt), 'yes')
    teller.current?.want(whole)
  }, [attempt, whole, changed])
  return state
}

async function tell(attempt: string, what: string): Promise<Taken> {
  const result = await api.keepAnswers(attempt, JSON.parse(what))
  if (result.ok) return 'taken'
  // Handed in, by a word elsewhere or by the clock.
  return result.status === 409 ? 'over' : 'failed'
}
