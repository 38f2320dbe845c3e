/** One moment in the list: its name, when, what it takes, and the way back to it. The start stays. */
import { Trash2 } from 'lucide-react'
import { momentsText as text } from '#/app/_text/en.ts'
import type { Moment } from '#/sandbox/protocol/status.ts'
import { Button, IconButton } from '../control/Button.tsx'
import { clock, nameOf } from './useMoments.ts'

interface Props {
  moment: Moment
  busy: boolean
  onBack(): void
  onDrop(): void
}

export function MomentRow({ moment, busy, onBack, onDrop }: Props) {
  const name = nameOf(moment)
  return (
    <li>
      <span className="min-w-0">
        <span className="block truncate" title={name}>
          {name}
        </span>
        <span className="figures block text-xs text-muted">
          {clock(new Date(moment.at))}, {text.megabytes(moment.bytes)}
        </span>
      </span>
      <Button aria-label={text.backTo(name)} busy={busy} onClick={onBack}>
        {text.back}
      </Button>
      {moment.kind === 'saved' ? (
        <IconButton label={text.drop(name)} disabled={busy} onClick={onDrop}>
          <Trash2 />
        </IconButton>
      ) : (
        <span />
      )}
    </li>
  )
}
