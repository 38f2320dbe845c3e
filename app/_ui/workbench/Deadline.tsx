/** When the attempt hands itself in, in the status line. Said aloud twice before, not with every second. Drawn only in the browser. */
'use client'
import { useEffect, useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import { clock, elapsed } from '#/app/_text/en.ts'

const text = workText.bench
/** A clock that is a week away is no countdown. */
const shownMs = 24 * 3_600_000

export function Deadline({ deadlineAt }: { deadlineAt: string }) {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [])
  if (now === null) return null
  const left = Date.parse(deadlineAt) - now
  if (left > shownMs) return null
  const minutes = left <= 5 * 60_000 ? 5 : left <= 15 * 60_000 ? 15 : null
  return (
    <span className={minutes ? 'font-medium text-amber-text' : 'text-muted'}>
      <span role="timer">
        {left <= 0 ? text.over : text.deadline(elapsed(Math.round(left / 1000)), clock(deadlineAt))}
      </span>
      <span role="status" className="sr-only">
        {minutes && left > 0 ? text.announce(minutes) : ''}
      </span>
    </span>
  )
}
