/** Asks before work is lost. The safe answer has the focus; the other one works once. */
'use client'
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { labText } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'

interface Props {
  question: 'reset' | 'end' | null
  onYes(question: 'reset' | 'end'): void
  onNo(): void
}

export function Confirm({ question, onYes, onNo }: Props) {
  const text = labText.confirm[question ?? 'reset']
  return (
    <AlertDialog.Root open={question !== null} onOpenChange={(open) => !open && onNo()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="overlay" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="font-serif text-2xl font-medium tracking-[-0.01em]">
            {text.title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-3 text-muted">{text.body}</AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Close render={<Button />}>{labText.confirm.no}</AlertDialog.Close>
            <Button look="danger" onClick={() => question && onYes(question)}>
              {text.yes}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
