/** When something is said or asked about the end of an attempt, by the time that is left. Pure. */

const minute = 60_000
/** A clock that is a week away is no countdown. */
const shownMs = 24 * 60 * minute

export const isShown = (leftMs: number): boolean => leftMs <= shownMs

/** Of how many minutes it was last said that they are left; null: of none yet. */
export function saidOf(leftMs: number): number | null {
  return [1, 5, 15].find((minutes) => leftMs <= minutes * minute) ?? null
}

/** After how long the server is asked again: an extension moves the end, and nobody may be told that time is over who has more. */
export function asksAfter(leftMs: number): number {
  if (leftMs <= 0) return 5_000
  return leftMs <= 30 * minute ? minute : Number.POSITIVE_INFINITY
}
