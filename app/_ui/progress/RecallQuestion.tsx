/** A recall question on its chapter's page: the answer when asked for, then the reader's word on whether they knew it. */
import type { ReactNode } from 'react'
import type { AskedQuestion } from '#/app/_server/recall.ts'
import { progressText } from '#/app/_text/en.ts'
import { questionAnchor, questionId } from '#/content/recall.ts'
import { RecallLater } from './RecallLater.tsx'
import { recallState } from './when.ts'

interface Asked {
  ask: string
  children?: ReactNode
}

/** The component that a chapter's text knows as `Question`. */
export const questionOf = (chapter: string, known: AskedQuestion[]) => (asked: Asked) => (
  <RecallQuestion {...asked} chapter={chapter} known={known} />
)

function RecallQuestion({
  ask,
  children,
  chapter,
  known,
}: Asked & { chapter: string; known: AskedQuestion[] }) {
  const id = questionId(ask)
  const question = known.find((candidate) => candidate.id === id)
  const due = question?.due ?? false
  return (
    <details className="question" id={questionAnchor(id)}>
      <summary>
        <span>
          {ask}
          {due && <span className="question-due caps">{progressText.recall.dueMark}</span>}
        </span>
      </summary>
      <div>
        {children}
        <RecallLater
          chapter={chapter}
          question={id}
          state={recallState(question?.schedule ?? null, new Date())}
          open={due || !question?.schedule}
        />
      </div>
    </details>
  )
}
