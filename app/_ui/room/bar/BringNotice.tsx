/** Brings somebody along: by itself after a moment in which it can be declined, or only when they say so. */
'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { roomText } from '#/app/_text/en/people/room.ts'
import { Button } from '../../control/Button.tsx'
import type { Notice } from './notices.ts'

const text = roomText.bar
/** Long enough to read two lines and to reach the button. */
const graceSeconds = 10

interface Props {
  notice: Extract<Notice, { kind: 'bring' }>
  /** They have declined it, and look at what there was. */
  waits: boolean
  /** Somebody types: they go when they have ended. */
  isBusy(): boolean
  onDone(): void
}

export function BringNotice({ notice: { title, href, how }, waits, isBusy, onDone }: Props) {
  const router = useRouter()
  const goesAlone = how === 'go' && !waits
  const go = useRef(() => {})
  go.current = () => {
    onDone()
    router.push(href)
  }
  const busy = useRef(isBusy)
  busy.current = isBusy
  const [left, setLeft] = useState(graceSeconds)
  useEffect(() => {
    if (!goesAlone) return setLeft(graceSeconds)
    const until = Date.now() + graceSeconds * 1_000
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1_000)
      setLeft(seconds)
      if (seconds > 0 || busy.current()) return
      clearInterval(timer)
      go.current()
    }, 250)
    return () => clearInterval(timer)
  }, [goesAlone])
  return (
    <div className="room-notice bring">
      <p className="font-medium">{waits ? text.brought(title) : text.brings(title)}</p>
      {goesAlone ? (
        <p className="mt-1 text-sm text-muted">
          <span className="sr-only">{text.going(graceSeconds)}</span>
          <span aria-hidden="true" className="figures">
            {text.going(Math.max(0, left))}
          </span>
        </p>
      ) : (
        how === 'ask' && <p className="mt-1 text-sm text-muted">{text.machine}</p>
      )}
      <div className="mt-2 flex gap-2">
        <Button look="primary" onClick={() => go.current()}>
          {text.go}
        </Button>
        {!waits && <Button onClick={onDone}>{text.stay}</Button>}
      </div>
    </div>
  )
}
