/**
 * When a machine sleeps and when it ends, worked out from what is known of it. Pure: knows no machine, no timer and no socket.
 *
 * The clock of a sleeping machine runs on. What a sleeper costs is memory, and that it costs whether or not anybody comes back; a deadline
 * that is a time of day is also the same on a page that was offline, after a restart, and in the learner's head. So that a lunch or a closed
 * laptop is not the end, every sign of life gives back hours, not minutes.
 */
import type { Limits } from './limits.ts'

export interface Life {
  startedAt: number
  expiresAt: number
  limits: Pick<Limits, 'extendMinutes' | 'longestMinutes'>
}

const minuteMs = 60_000

/** Until when it may be extended. Never before what it has been promised already. */
export const latestEnd = ({ startedAt, expiresAt, limits }: Life): number =>
  Math.max(expiresAt, startedAt + limits.longestMinutes * minuteMs)

/** The deadline after a sign of life, or after Extend. Saying it twice says no more than once, and nothing makes it earlier. */
export const keptUntil = (life: Life, now: number): number =>
  Math.max(life.expiresAt, Math.min(latestEnd(life), now + life.limits.extendMinutes * minuteMs))

export interface Facts {
  now: number
  expiresAt: number
  /** The machine is there and answers. */
  ready: boolean
  asleep: boolean
  /** The before-figures are taken, it is being checked, or something else must not be paused. */
  busy: boolean
  /** It was handed in: whoever looks or typed keeps it awake no longer. */
  frozen: boolean
  /** Somebody looks right now. */
  watched: boolean
  /** When somebody last typed, looked or asked for something. */
  lastSign: number
  /** How long without a sign before it sleeps; 0: never. */
  suspendMs: number
}

/** A check that is under way when the time is over is finished first; it takes seconds. */
const finishMs = 2 * minuteMs

export type Step = 'end' | 'suspend' | 'nothing'

export function nextStep(facts: Facts): Step {
  const { now, expiresAt, ready, asleep, busy, frozen, watched, lastSign, suspendMs } = facts
  if (now >= expiresAt + (busy ? finishMs : 0)) return 'end'
  if (!ready || asleep || busy) return 'nothing'
  if (frozen) return 'suspend'
  if (watched || suspendMs === 0) return 'nothing'
  return now - lastSign >= suspendMs ? 'suspend' : 'nothing'
}
