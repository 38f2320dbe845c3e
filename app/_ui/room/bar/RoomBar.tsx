/**
 * A learner's line to the workshop room, slim, on top of every page while it is open: the timer, their hand, and what the instructor told that was not
 * seen yet. Takes the focus from nobody; what comes is also said.
 */
'use client'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import type { SeatView } from '#/classroom/room/view.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { Link } from '../../control/Link.tsx'
import { ProblemNote } from '../../control/ProblemNote.tsx'
import { HandSign } from '../HandSign.tsx'
import { roomApi } from '../room-api.ts'
import { NoticeItem } from './NoticeItem.tsx'
import { noticesOf } from './notices.ts'
import { Timer } from './Timer.tsx'
import { useSeen } from './useSeen.ts'

const text = roomText.bar

interface Props {
  view: SeatView
  live: boolean
  ahead: number
}

export function RoomBar({ view, live, ahead }: Props) {
  const { room, hand } = view
  const path = usePathname()
  const [seen, see] = useSeen(room.id)
  const [all, setAll] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const page = { path, busy: isBusy() }
  const fresh = noticesOf(view, page, seen)
  const shown = all ? noticesOf(view, page, new Set()) : fresh
  const screen = `/cohorts/${room.cohort}/screen`
  const canShow = room.messages.length + room.reveals.length > 0

  async function raise() {
    const done = await roomApi.hand(room.cohort, hand === null)
    setProblem(done.ok ? null : done.problem)
  }

  return (
    <section aria-label={text.label} className="room-bar">
      <div className="room-line">
        <p className="min-w-0 truncate font-medium">{text.in(room.name)}</p>
        {room.timer && <Timer timer={room.timer} ahead={ahead} />}
        <p aria-live="polite" className="room-screen">
          {room.screen && path !== screen && (
            <>
              <span className="room-screen-by">{text.screen(room.screen.by)}</span>{' '}
              <Link href={screen} className="link" aria-label={text.watchOf(room.screen.by)}>
                {text.watch}
              </Link>
            </>
          )}
        </p>
        <div className="ml-auto flex shrink-0 items-center gap-1">
          {!live && <span className="room-lost">{text.lost}</span>}
          {canShow && (
            <button type="button" aria-expanded={all} onClick={() => setAll(!all)} className="room-button">
              {text.more}
            </button>
          )}
          <span aria-live="polite" className="room-place figures">
            {hand && text.place(hand.place, hand.of)}
          </span>
          <button type="button" data-up={hand !== null} onClick={raise} className="room-button hand">
            <HandSign />
            {hand === null ? text.raise : text.lower}
            {hand && (
              <span aria-hidden="true" className="room-short figures">
                {hand.place}/{hand.of}
              </span>
            )}
          </button>
        </div>
      </div>
      <div aria-live="polite" className="room-notices">
        {problem && <ProblemNote problem={problem} className="room-notice" />}
        {shown.map((notice) => (
          <NoticeItem
            key={notice.key}
            notice={notice}
            room={room}
            seen={seen.has(notice.key)}
            isBusy={isBusy}
            onSeen={() => see(notice.key)}
          />
        ))}
      </div>
    </section>
  )
}

/** Somebody types, or is asked something: nobody is taken away from that. */
function isBusy(): boolean {
  if (typeof document === 'undefined') return false
  const { activeElement } = document
  const typing = activeElement?.matches(
    'input:not([type="checkbox"]):not([type="radio"]), textarea, [contenteditable]',
  )
  return Boolean(typing) || document.querySelector('[role="alertdialog"]') !== null
}
