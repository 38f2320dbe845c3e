/** Asks before a moment is deleted, and before work is left that no moment holds: that one can be saved on the way. The safe answer has the focus. */
'use client'
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useRef } from 'react'
import { momentsText } from '#/app/_text/en.ts'
import type { Moment } from '#/sandbox/protocol/status.ts'
import { Button } from '../control/Button.tsx'
import { nameOf } from './useMoments.ts'

export interface Question {
  kind: 'back' | 'drop'
  moment: Moment
}
interface Props {
  question: Question | null
  /** No moment more can be saved. */
  full: boolean
  onNo(): void
  onBack(moment: Moment, save: boolean): void
  onDrop(moment: Moment): void
}

const text = momentsText.ask

export function MomentQuestion({ question, full, onNo, onBack, onDrop }: Props) {
  const last = useRef(question)
  // The words stay while the dialog fades.
  if (question) last.current = question
  const { kind, moment } = last.current ?? { kind: 'drop' as const, moment: null }
  const name = moment ? nameOf(moment) : ''
  return (
    <AlertDialog.Root open={question !== null} onOpenChange={(open) => !open && onNo()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="overlay" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="font-serif text-2xl font-medium tracking-[-0.01em]">
            {text[kind].title(name)}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-3 text-muted">
            {kind === 'back' && full ? text.back.full : text[kind].body}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Close render={<Button />}>{text.no}</AlertDialog.Close>
            <Button
              look="danger"
              onClick={() =>
                question && (kind === 'back' ? onBack(question.moment, false) : onDrop(question.moment))
              }
            >
              {text[kind].yes}
            </Button>
            {kind === 'back' && !full && (
              <Button look="primary" onClick={() => question && onBack(question.moment, true)}>
                {text.back.save}
              </Button>
            )}
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
