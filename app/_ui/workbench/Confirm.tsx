/** Asks before work on the machine is lost. */
'use client'
import { labText } from '#/app/_text/en.ts'
import { Ask } from '../control/Ask.tsx'

interface Props {
  question: 'reset' | 'end' | null
  onYes(question: 'reset' | 'end'): void
  onNo(): void
}

export const Confirm = ({ question, onYes, onNo }: Props) => (
  <Ask
    open={question !== null}
    {...labText.confirm[question ?? 'reset']}
    no={labText.confirm.no}
    onYes={() => question && onYes(question)}
    onNo={onNo}
  />
)
