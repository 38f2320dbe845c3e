/**
 * Whether a learner may see their machine's counters live. A graded lab with a fault asks them to find the stage: a picture of all stages would
 * tell. What the world's clients see is the symptom and is shown always. Pure; knows no socket.
 */
import type { Lab } from '../../labs/schema.ts'

/** `after-diagnosis`: hidden until one was handed in, but for labs that have no fault to find. */
export type LivePolicy = 'after-diagnosis' | 'always' | 'never'

interface Situation {
  lab: Pick<Lab, 'criteria' | 'questions'>
  /** A diagnosis was handed in and judged for this sandbox, under whatever machine of it. */
  diagnosed: boolean
  policy?: LivePolicy
}

export function liveCountersShown({ lab, diagnosed, policy = 'after-diagnosis' }: Situation): boolean {
  if (policy !== 'after-diagnosis') return policy === 'always'
  const nothingIsGraded = lab.criteria.length === 0
  const asksForFigures = lab.questions !== undefined
  return nothingIsGraded || asksForFigures || diagnosed
}
