/** Which of several submissions counts. Pure; knows nothing of why one has the share that it has. */
import type { Counting } from '../../prisma/client/enums.ts'

export interface Rated {
  submittedAt: Date
  /** 0 to 1, everything taken off. */
  share: number
}

/** @param rated only those that count at all: what was lost or could not be judged is not among them */
export function counted<T extends Rated>(counting: Counting, rated: readonly T[]): T | null {
  const inOrder = rated.toSorted((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())
  if (counting === 'last') return inOrder.at(-1) ?? null
  if (counting === 'first') return inOrder[0] ?? null
  return inOrder.reduce<T | null>((best, one) => (best && best.share >= one.share ? best : one), null)
}
