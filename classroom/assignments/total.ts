/** What the labs of an assignment come to together. Pure. */
import type { GradeState } from '../../prisma/client/enums.ts'

export interface Part {
  weight: number
  /** Null: not started. */
  state: GradeState | null
  share: number | null
}

/** 0 to 1. What is excused or could not be judged is left out; what is not there yet is nothing. Null: nothing of it counts. */
export function totalOf(parts: readonly Part[]): number | null {
  const counting = parts.filter(({ state }) => state !== 'excused' && state !== 'error')
  const weight = counting.reduce((sum, part) => sum + part.weight, 0)
  if (weight === 0) return null
  return counting.reduce((sum, part) => sum + part.weight * (part.share ?? 0), 0) / weight
}
