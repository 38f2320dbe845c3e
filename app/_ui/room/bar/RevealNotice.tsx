/** A hint or a solution that was shown to all: its text comes when it is opened. */
'use client'
import { type ReactNode, useState } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import { contentLang } from '#/app/_text/language.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { ProblemNote } from '../../control/ProblemNote.tsx'
import { Markdown } from '../../markdown/Markdown.tsx'
import { roomApi } from '../room-api.ts'
import type { Notice } from './notices.ts'

const text = roomText.bar

interface Props {
  notice: Extract<Notice, { kind: 'reveal' }>
  cohort: string
  done: ReactNode
}

export function RevealNotice({ notice: { lab, hint, title }, cohort, done }: Props) {
  const [shown, setShown] = useState<{ title: string | null; text: string } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  async function load() {
    if (shown) return
    const got = await roomApi.revealed(cohort, lab, hint)
    if (got.ok) setShown(got.value)
    else setProblem(got.problem)
  }
  return (
    <div className="room-notice">
      <details onToggle={({ currentTarget }) => currentTarget.open && load()}>
        <summary className="font-medium">
          {hint === null ? text.solution(title) : text.hint(hint, title)}
        </summary>
        {problem && <ProblemNote problem={problem} className="mt-2" />}
        {shown && (
          <div lang={contentLang} className="room-revealed">
            {shown.title && <p className="font-semibold">{shown.title}</p>}
            <Markdown source={shown.text} />
          </div>
        )}
      </details>
      <div className="mt-2 flex gap-2">{done}</div>
    </div>
  )
}
