/**
 * The page from which an instructor looks at a learner's terminals and asks to type there: what they may do now, in words, and the terminals below.
 */
'use client'
import { useMemo, useRef } from 'react'
import { lookText as text } from '#/app/_text/en/people/look.ts'
import { Button } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'
import { useFocusHatch } from '../workbench/useFocusHatch.ts'
import { GuestTerminal } from './GuestTerminal.tsx'
import { guestTickets } from './guest-tickets.ts'
import { type GuestState, useGuest } from './useGuest.ts'

interface Props {
  cohort: string
  attempt: string
  learner: string
  lab: string
  graded: boolean
}

export function LookRoom({ cohort, attempt, learner, lab, graded }: Props) {
  const tickets = useMemo(() => guestTickets(`/api/cohorts/${cohort}/look/${attempt}`), [cohort, attempt])
  const guest = useGuest(tickets)
  const root = useRef<HTMLElement>(null)
  useFocusHatch(root)
  const help = guest.visits?.help ?? null
  const mine = help?.yours ? help : null
  return (
    <main id="content" ref={root} className="look-room">
      <div className="look-head" data-typing={mine?.state === 'given' || undefined}>
        <div className="look-words">
          <Link href={`/cohorts/${cohort}/look`} className="link text-sm min-[60rem]:hidden">
            {text.back}
          </Link>
          <h1 className="font-medium">
            <bdi>{learner}</bdi>
            <span className="text-muted"> · {lab}</span>
          </h1>
          <div role="status">
            {words(guest, learner, graded).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </div>
        {guest.connection === 'live' && !graded && help === null && (
          <Button onClick={guest.ask}>{text.ask}</Button>
        )}
        {mine && (
          <Button look={mine.state === 'given' ? 'primary' : 'plain'} onClick={() => guest.stop(mine.id)}>
            {mine.state === 'given' ? text.stop : text.withdraw}
          </Button>
        )}
      </div>
      <GuestTerminal label={text.region(learner)} attempt={attempt} tickets={tickets} guest={guest} />
    </main>
  )
}

function words({ connection, status, visits, notAsked }: GuestState, learner: string, graded: boolean) {
  if (connection === 'over') return [text.over]
  if (connection !== 'live' || !visits) return [text.connecting]
  const { help, ended } = visits
  const asleep = status?.suspendedAt ? [text.asleep] : []
  if (help?.yours) return [help.state === 'given' ? text.typing(learner) : text.asked(learner), ...asleep]
  return [
    ...(notAsked ? [text.notAsked[notAsked]] : ended && !help ? [text.ended[ended.by](learner)] : []),
    text.looking(learner),
    ...(help ? [text.other(help.name)] : []),
    ...(graded ? [text.gradedNote] : []),
    ...asleep,
  ]
}
