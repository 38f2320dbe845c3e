/** What the labs of an assignment come to together. Pure. */
import type { GradeState } from '../../prisma/client/enums.ts'

export interface Part {
  weight: number
  /** Null: not started. */
  state: GradeState | null
  share: number | null
}

/**
 * 0 to 1. Null: nothing of it counts. Undecided: of one lab nobody knows what it is worth. It is not left out: then whoever stops a machine that does not pass
 * would have a grade of the others alone. It is not nothing either: then an outage would cost a grade.
 */
export type Total = number | 'undecided' | null

/** What is excused is left out; what is not there yet is nothing. */
export function totalOf(parts: readonly Part[]): Total {
  const counting = parts.filter(({ state }) => state !== 'excused')
  if (counting.some(({ state }) => state === 'error')) return 'undecided'
  const weight = counting.reduce((sum, part) => sum + part.weight, 0)
  if (weight === 0) return null
  return counting.reduce((sum, part) => sum + part.weight * (part.share ?? 0), 0) / weight
}
