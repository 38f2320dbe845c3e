/**
 * When the attempt hands itself in, in the status line: by the server's clock, and as the server says it now, not as it was when the page came. Said aloud
 * three times before, not with every second. Drawn only in the browser.
 */
'use client'
import { useEffect, useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import { clock, elapsed } from '#/app/_text/en.ts'
import { ask } from '../ask.ts'
import { aheadOf } from '../room/listen.ts'
import { asksAfter, isShown, saidOf } from './deadline.ts'

const text = workText.bench

interface Props {
  attempt: string
  /** As the page was told. */
  deadlineAt: string
}

export function Deadline({ attempt, deadlineAt: told }: Props) {
  const end = useEnd(attempt, told)
  if (!end || !isShown(end.left)) return null
  const { left, deadlineAt } = end
  const minutes = saidOf(left)
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

/** Null until the server was asked, and when there is no end any more. A server that does not answer leaves what was known. */
function useEnd(attempt: string, told: string): { deadlineAt: string; left: number } | null {
  const [end, setEnd] = useState<{ deadlineAt: string; left: number } | null>(null)
  useEffect(() => {
    let known: { deadlineAt: string | null; ahead: number } = { deadlineAt: told, ahead: 0 }
    let askedAt: number | null = null
    let asking = false
    let gone = false

    const left = (): number => Date.parse(known.deadlineAt ?? '') - Date.now() - known.ahead

    function show() {
      const { deadlineAt } = known
      setEnd(deadlineAt === null ? null : { deadlineAt, left: left() })
    }

    async function look() {
      asking = true
      const answer = await ask<{ deadlineAt: string | null; now: number }>(`/api/attempts/${attempt}`, {})
      asking = false
      askedAt = performance.now()
      if (gone) return
      if (answer.ok) {
        const { deadlineAt, now } = answer.value
        known = { deadlineAt, ahead: aheadOf(known.ahead, now) }
      }
      show()
    }

    function tick() {
      if (askedAt === null) return
      show()
      if (!asking && performance.now() - askedAt >= asksAfter(left())) void look()
    }

    void look()
    const timer = setInterval(tick, 1000)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [attempt, told])
  return end
}
