/**
 * When a recall question is asked again: after 1, 3, 7 and 21 days, as long as the answer was known each time; then it is learned. Who did not
 * know it begins anew. Pure; knows no question and no clock.
 */
const dayMs = 86_400_000

/** How long each wait is. Step 0 is the first. */
export const waitsInDays = [1, 3, 7, 21] as const

export interface Schedule {
  /** How many waits are over; as many as there are: learned. */
  step: number
  answeredAt: Date
  /** Null when it is learned. */
  dueAt: Date | null
}

/**
 * The schedule after an answer. Known before its time, a question stays where it is: saying *I knew it* four times on one day teaches nobody.
 * @param before null when it is answered for the first time
 */
export function answered(before: Schedule | null, knew: boolean, now: Date): Schedule {
  if (!knew || !before) return waiting(0, now)
  if (!isDue(before, now)) return before
  return waiting(before.step + 1, now)
}

export const isDue = ({ dueAt }: Pick<Schedule, 'dueAt'>, now: Date): boolean =>
  dueAt !== null && dueAt <= now

function waiting(step: number, now: Date): Schedule {
  const days = waitsInDays[step]
  return {
    step,
    answeredAt: now,
    dueAt: days === undefined ? null : new Date(now.getTime() + days * dayMs),
  }
}
