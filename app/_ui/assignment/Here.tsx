/** A moment on the clock of whoever looks, when that is another one than the cohort's. Drawn only in the browser, which knows where it is. */
'use client'
import { useEffect, useState } from 'react'
import { workText as text } from '#/app/_text/en/people/work.ts'
import { momentIn } from '../cohort/dates.ts'

export function Here({ moment, timeZone }: { moment: string; timeZone: string }) {
  const [here, setHere] = useState<string | null>(null)
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const differs = momentIn(zone, moment) !== momentIn(timeZone, moment)
    setHere(differs ? text.here(momentIn(zone, moment), zone) : null)
  }, [moment, timeZone])
  return here === null ? null : <span className="figures block text-sm font-normal text-muted">{here}</span>
}
