/** One thing that the instructor did, until it is seen: a message, a command to copy, a hint shown to all, a place to go to. */
'use client'
import { roomText } from '#/app/_text/en/people/room.ts'
import type { LedView } from '#/classroom/room/view.ts'
import { Button } from '../../control/Button.tsx'
import { CopyText } from '../../form/CopyText.tsx'
import { BringNotice } from './BringNotice.tsx'
import type { Notice } from './notices.ts'
import { RevealNotice } from './RevealNotice.tsx'

const text = roomText.bar

interface Props {
  notice: Notice
  room: LedView
  seen: boolean
  isBusy(): boolean
  onSeen(): void
}

export function NoticeItem({ notice, room, seen, isBusy, onSeen }: Props) {
  if (notice.kind === 'bring')
    return <BringNotice notice={notice} waits={seen} isBusy={isBusy} onDone={onSeen} />
  const done = !seen && (
    <Button look="quiet" onClick={onSeen}>
      {text.dismiss}
    </Button>
  )
  if (notice.kind === 'reveal') return <RevealNotice notice={notice} cohort={room.cohort} done={done} />
  const { kind, text: told } = notice.message
  return (
    <div className="room-notice">
      <p className="caps text-muted">{kind === 'command' ? text.command : text.message}</p>
      {kind === 'command' ? (
        <pre className="room-command">
          <code>{told}</code>
        </pre>
      ) : (
        <p className="mt-1 break-words">{told}</p>
      )}
      <div className="mt-2 flex gap-2">
        {kind === 'command' && <CopyText text={told} label={told} />}
        {done}
      </div>
    </div>
  )
}
