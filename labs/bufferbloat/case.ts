/** What is judged here, as this lab's evidence tells it. Knows no criterion. */
import type { Sides } from '../shop/criteria.ts'
import type { AtBoot } from './boot.ts'
import type { Downloads, Line } from './evidence.ts'
import type { Bounds, Pace } from './pace.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  line: { before: Line; after: Line }
  pace: { before: Pace; after: Pace }
  downloads: { before: Downloads; after: Downloads }
  bounds: Bounds
  /** The share of the visits beside the downloads that kept within the bounds. */
  prompt: number
  /** Visits before the downloads were not held up. */
  telling: boolean
  /** Of the processors, beside the downloads. */
  idleShare: number | null
  /** Processors that others left to this machine, by the host's word; null: it did not say. */
  hostLeft: number | null
  atBoot: AtBoot
  rateKbit: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}
