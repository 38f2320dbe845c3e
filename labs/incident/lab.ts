/**
 * The lab incident: one of the others, chosen by the seed, behind a ticket that is the same for all. Everything is that lab's but the ticket, the hints,
 * the names of the criteria, and whatever would tell which lab it is.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { defineLab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { criteria, criterionOf, disguised } from './criteria.ts'
import { playing, type Variant, variantOf } from './variant.ts'

export default defineLab<Variant, Evidence>({
  meta: {
    id: 'incident',
    title: 'The shop does not work',
    chapter: 'incident',
    stage: null,
    minutes: 40,
    difficulty: 'hard',
    objectives: [
      'Go from a symptom to its stage without a hint of where to look',
      'Rule out one half of the path after another, each by a number',
      'Prove the cause before touching anything',
      'Mend it so that it stays mended, and harm nothing else',
    ],
  },
  criteria,
  variant: variantOf,
  causes: ({ is }) => [is],
  disguise: (variant) =>
    playing(variant, ({ meta, criteria }) => ({
      lab: meta.id,
      criterion: (id) => criterionOf(criteria, id),
    })),
  machine: (variant) => playing(variant, (lab, own) => lab.machine(own)),
  env: (variant) => playing(variant, (lab, own) => lab.env(own)),
  surroundings: (variant) => playing(variant, (lab, own) => lab.surroundings?.(own) ?? {}),
  background: (variant) => playing(variant, (lab, own) => lab.background(own, variant.seed)),
  verifyBroken: (sandbox, variant) =>
    playing(variant, (lab, own) => lab.verifyBroken(sandbox, own, variant.seed).catch(withoutTheCause)),
  collect: (sandbox, variant) => playing(variant, (lab, own) => lab.collect(sandbox, own, variant.seed)),
  brokenBaseline(before, variant) {
    const { ok } = playing(variant, (lab, own) => lab.brokenBaseline(before, own))
    return ok ? { ok } : { ok, reason: 'they do not show the fault' }
  },
  judge: ({ variant, ...given }) =>
    playing(variant, (lab, own) => disguised(lab.criteria, lab.judge({ ...given, variant: own }))),
  referenceAnswers: (before, variant) => playing(variant, (lab, own) => lab.referenceAnswers(before, own)),
})

/**
 * The learner is told why a start failed. What a lab says of a machine that is not broken names the fault ("the clients of the range…"); what the sandbox
 * says of itself is an error of a class of its own, and passes.
 */
function withoutTheCause(error: unknown): never {
  if (!(error instanceof Error) || error.constructor !== InfrastructureError) throw error
  throw new InfrastructureError(
    'The machine was set up, but its clients are served as if nothing were broken.',
  )
}
