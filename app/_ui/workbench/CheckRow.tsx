/** The end of the diagnosis and of the sheet: what went wrong with the last check, the button, what it is waiting for. */
import { labText } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'
import { ProblemNote } from '../control/ProblemNote.tsx'
import type { WorkbenchState } from './useWorkbench.ts'

const text = labText.diagnosis

interface Props {
  bench: WorkbenchState
  /** Says what a check without answers means; null when there are some. */
  empty: { button: string; note: string } | null
}

export function CheckRow({ bench, empty }: Props) {
  const { failed, status } = bench
  const { ready, checking } = checkable(bench)
  return (
    <>
      {status?.baseline === 'failed' && status.problem && <ProblemNote problem={status.problem} />}
      {failed && failed.action === 'check' && <ProblemNote problem={failed.problem} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" look="primary" busy={checking} disabled={!ready} className="min-w-28">
          {checking ? labText.actions.checking : (empty?.button ?? text.check)}
        </Button>
        <p aria-live="polite" className="min-w-0 flex-1 basis-48 text-[0.8125rem] leading-snug text-muted">
          {note({
            ready,
            checking,
            ahead: status?.checksAhead ?? 0,
            measuring: status?.baseline === 'measuring',
          }) ?? empty?.note}
        </p>
      </div>
    </>
  )
}

/** Whether a check can be asked for now. */
export const checkable = ({ checking, status, situation }: WorkbenchState) => ({
  ready: situation.kind === 'ready',
  checking: checking || status?.checking === true,
})

interface Facts {
  ready: boolean
  checking: boolean
  /** How many checks of others come first. */
  ahead: number
  measuring: boolean
}

function note({ ready, checking, ahead, measuring }: Facts) {
  if (!ready) return text.notReady
  if (checking && ahead > 0) return text.ahead(ahead)
  if (checking) return text.checking
  return measuring ? text.measuring : null
}
