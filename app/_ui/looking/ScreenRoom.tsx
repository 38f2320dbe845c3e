/** What an instructor shows, as a member of the cohort sees it: it begins and ends by itself. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef } from 'react'
import { screenText as text } from '#/app/_text/en/people/screen.ts'
import { ask } from '../ask.ts'
import { useFocusHatch } from '../workbench/useFocusHatch.ts'
import { GuestTerminal } from './GuestTerminal.tsx'
import { guestTickets } from './guest-tickets.ts'
import { useGuest } from './useGuest.ts'

interface Props {
  cohort: string
  attempt: string
  by: string
  lab: string
}

export function ScreenRoom({ cohort, attempt, by, lab }: Props) {
  const tickets = useMemo(() => guestTickets(`/api/cohorts/${cohort}/screen`), [cohort])
  const guest = useGuest(tickets)
  const { connection } = guest
  const root = useRef<HTMLElement>(null)
  useFocusHatch(root)
  return (
    <section ref={root} className="screen-room">
      <div role="status" className="mb-3">
        <p className="font-medium">{text.shown(by, lab)}</p>
        <p className="text-sm text-muted">
          {connection === 'over' ? text.over : connection === 'live' ? text.shownHint : text.connecting}
        </p>
      </div>
      <div className="screen-frame">
        <GuestTerminal label={text.region(by)} attempt={attempt} tickets={tickets} guest={guest} />
      </div>
    </section>
  )
}

const everyMs = 4_000

/** Asks whether something else is shown than what this page has, while somebody sees the page; then the page is made anew. */
export function ScreenWatch({ cohort, attempt }: { cohort: string; attempt: string | null }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.visibilityState === 'hidden') return
      const result = await ask<{ attempt: string | null }>(`/api/cohorts/${cohort}/screen`, {})
      if (result.ok && result.value.attempt !== attempt) router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [cohort, attempt, router])
  return null
}
