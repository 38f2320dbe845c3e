/** How much time a machine has, and how urgent that is. Pure; knows no page. */
import type { SandboxStatus } from '#/sandbox/protocol/status.ts'

export interface TimeLeft {
  seconds: number
  /** Minutes of the warning that holds; null long before the end. */
  warning: 15 | 5 | null
  /** There is more to be had. */
  extendable: boolean
  /** And it is worth a button: a click would be seen. */
  worthExtending: boolean
}

const minuteMs = 60_000
/** An hour before the end the button is there; who types never sees it, for work extends by itself. */
const buttonMs = 60 * minuteMs

/** @param ahead how far the service's clock, which made these times, is ahead of the one that says `now`, in ms */
export function timeLeft(
  { expiresAt, extendableUntil }: Pick<SandboxStatus, 'expiresAt' | 'extendableUntil'>,
  now: number,
  ahead: number,
): TimeLeft {
  const left = Math.max(0, Date.parse(expiresAt) - (now + ahead))
  const extendable = Date.parse(extendableUntil) - Date.parse(expiresAt) >= minuteMs
  return {
    seconds: Math.round(left / 1000),
    warning: left <= 5 * minuteMs ? 5 : left <= 15 * minuteMs ? 15 : null,
    extendable,
    worthExtending: extendable && left <= buttonMs,
  }
}
