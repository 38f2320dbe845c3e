/** Why a learner can begin none at a lab now; null: they can. Pure but for the clock. */
import type { Extension } from '../../prisma/client/client.ts'
import { type Dates, lastMoment } from '../grades/deadline.ts'

export type Closed = 'not-released' | 'too-late' | 'none-left' | 'excused'

export function closedBecause(dates: Dates, extension: Extension | null, noneLeft: boolean): Closed | null {
  const now = new Date()
  const last = lastMoment(dates)
  if (extension?.excused) return 'excused'
  if (dates.releaseAt && now < dates.releaseAt) return 'not-released'
  if (last && now >= last) return 'too-late'
  return noneLeft ? 'none-left' : null
}
