/**
 * The countdown, its warnings and Extend, as parts of the status line. The button keeps its place while it is not to be seen, and the warnings
 * stand where other words stood, so that nothing moves. By the service's clock, however wrong the browser's is; drawn only in the browser, which
 * learns the difference there.
 */
'use client'
import { useEffect, useState } from 'react'
import { clock, elapsed, labText } from '#/app/_text/en.ts'
import type { SandboxStatus } from '#/sandbox/protocol/status.ts'
import { type TimeLeft, timeLeft } from './time-left.ts'
import { warnInTitle } from './title-warning.ts'

const text = labText.time

/** What is left of the machine's time, every second; null on the server and without a machine. */
export function useTimeLeft(status: SandboxStatus | null, ahead: number): TimeLeft | null {
  const [now, setNow] = useState<number | null>(null)
  const { expiresAt = null, extendableUntil = null } = status ?? {}
  useEffect(() => {
    if (expiresAt === null) return setNow(null)
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [expiresAt])
  if (now === null || expiresAt === null || extendableUntil === null) return null
  return timeLeft({ expiresAt, extendableUntil }, now, ahead)
}

interface Props {
  time: TimeLeft | null
  extending: boolean
  onExtend(): void
}

export function Countdown({ time, extending, onExtend }: Props) {
  return (
    <span className="flex items-center gap-2">
      <span className={`min-w-20 ${time?.warning ? 'font-medium' : 'text-muted'}`}>
        {time && text.left(elapsed(time.seconds))}
      </span>
      <button
        type="button"
        className={`extend ${time?.worthExtending ? '' : 'invisible'}`}
        aria-disabled={extending || undefined}
        onClick={onExtend}
      >
        {text.extend}
      </button>
    </span>
  )
}

/** Seen by everybody; and said once by a screen reader when it begins and when it becomes urgent, not with every second. */
export function Warning({ time, expiresAt }: { time: TimeLeft; expiresAt: string }) {
  if (!time.warning) return null
  return <span className="font-medium">{text.ends(clock(expiresAt), time.extendable)}</span>
}

export function Announcement({ time, expiresAt }: { time: TimeLeft | null; expiresAt: string | null }) {
  return (
    <span role="status" className="sr-only">
      {time?.warning && expiresAt ? text.announce(time.warning, clock(expiresAt), time.extendable) : ''}
    </span>
  )
}

/** A page that nobody sees warns in its title. */
export function useTitleWarning(time: TimeLeft | null): void {
  const minutes = time?.warning ? Math.ceil(time.seconds / 60) : null
  useEffect(() => {
    if (minutes === null) return
    return warnInTitle(document, (title) => text.title(minutes, title))
  }, [minutes])
}
