/**
 * The moments of the machine as the page sees them, and the three things one can do with them. What is lost by going back is asked before.
 * The list itself comes with the machine's status. Knows no layout.
 */
'use client'
import { useCallback, useState } from 'react'
import { momentsText as text } from '#/app/_text/en.ts'
import { locale } from '#/app/_text/language.ts'
import type { AttemptView } from '#/classroom/types.ts'
import { type Moment, type Problem, type Rewind, typedStart } from '#/sandbox/protocol/status.ts'
import { api } from '../api.ts'
import type { Result } from '../ask.ts'

export interface MomentsState {
  rewind: Rewind
  /** Something is under way, here or in another tab. */
  busy: boolean
  problem: Problem | null
  /** What was done last, for who cannot see the list change. */
  said: string
  /** Each resolves to whether it was done. */
  save(name: string): Promise<boolean>
  back(moment: Moment, saveAs: string | null): Promise<boolean>
  drop(moment: Moment): Promise<boolean>
}

export function nameOf({ kind, name, at }: Moment): string {
  if (kind === 'saved') return name
  return name === typedStart ? text.typedStart(clock(new Date(at))) : text.start
}

export const clock = (at: Date): string => at.toLocaleTimeString(locale, { timeStyle: 'short' })

export function useMoments(attempt: string, rewind: Rewind): MomentsState {
  const [asked, setAsked] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [said, setSaid] = useState('')

  const act = useCallback(async (work: Promise<Result<AttemptView>>, done: string): Promise<boolean> => {
    setAsked(true)
    setProblem(null)
    setSaid('')
    const result = await work
    setAsked(false)
    if (result.ok) setSaid(done)
    else setProblem(result.problem)
    return result.ok
  }, [])

  return {
    rewind,
    busy: asked || rewind.busy !== null,
    problem,
    said,
    save: (name) => act(api.saveMoment(attempt, name), text.said.saved(name)),
    back: (moment, saveAs) => act(api.backTo(attempt, moment.id, saveAs), text.said.back(nameOf(moment))),
    drop: (moment) => act(api.dropMoment(attempt, moment.id), text.said.dropped(nameOf(moment))),
  }
}
