/**
 * The variants of this lab: the same symptom from several causes. Knows no machine.
 */
import { random } from '../../../labs/random.ts'

// TODO where the fault stands: neighbours differ in it, so that a solution that is passed on does not fit.
const causes = ['first', 'second'] as const
const remarks = ['TODO why somebody left it so', 'TODO another reason'] as const

export interface Variant {
  cause: (typeof causes)[number]
  /** TODO the limit in force while it is broken. */
  limit: number
  /** What stands beside it in the file: who left it so had a reason. */
  remark: string
}

/** The cause goes round with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    cause: causes[seed % causes.length] as Variant['cause'],
    limit: draw.int(4, 12),
    remark: draw.pick(remarks),
  }
}
