/** Asks before something is lost. The safe answer has the focus; the other one works once. Knows not what it asks. */
'use client'
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Button } from './Button.tsx'

interface Props {
  open: boolean
  title: string
  body: string
  yes: string
  no: string
  onYes(): void
  onNo(): void
}

export const Ask = ({ open, title, body, yes, no, onYes, onNo }: Props) => (
  <AlertDialog.Root open={open} onOpenChange={(still) => !still && onNo()}>
    <AlertDialog.Portal>
      <AlertDialog.Backdrop className="overlay" />
      <AlertDialog.Popup className="dialog">
        <AlertDialog.Title className="font-serif text-2xl font-medium tracking-[-0.01em]">
          {title}
        </AlertDialog.Title>
        <AlertDialog.Description className="mt-3 text-muted">{body}</AlertDialog.Description>
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <AlertDialog.Close render={<Button />}>{no}</AlertDialog.Close>
          <Button look="danger" onClick={onYes}>
            {yes}
          </Button>
        </div>
      </AlertDialog.Popup>
    </AlertDialog.Portal>
  </AlertDialog.Root>
)
