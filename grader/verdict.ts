/**
 * Verdicts: what a grading says, as it is stored, shown and printed by the CLI (a contract: people script against it).
 * Knows no lab, no sandbox, no database.
 */
import { z } from 'zod'

export const statusSchema = z.enum(['pass', 'fail', 'error', 'not_gradable'])
export type Status = z.infer<typeof statusSchema>

/** baseline: it was broken. diagnosis: the learner named the cause. repair: state. behaviour: the world's traffic. collateral: no harm. */
export const criterionKindSchema = z.enum(['baseline', 'diagnosis', 'repair', 'behaviour', 'collateral'])
export type CriterionKind = z.infer<typeof criterionKindSchema>

/** A row of the test protocol: what was observed, before and after, in words and numbers that a learner may see. */
export const observationSchema = z.object({
  label: z.string(),
  before: z.string().optional(),
  after: z.string(),
})
export type Observation = z.infer<typeof observationSchema>

export const criterionResultSchema = z.object({
  id: z.string(),
  kind: criterionKindSchema,
  title: z.string(),
  status: statusSchema,
  points: z.number().nonnegative(),
  /** 0 for a baseline, which nobody earns. */
  maxPoints: z.number().nonnegative(),
  /** What was observed, never what to type. */
  feedback: z.string(),
  evidence: z.array(observationSchema),
})
export type CriterionResult = z.infer<typeof criterionResultSchema>

export const verdictSchema = z.object({
  lab: z.string(),
  seed: z.number().int().nonnegative(),
  status: statusSchema,
  score: z.number().nonnegative(),
  maxScore: z.number().positive(),
  criteria: z.array(criterionResultSchema),
  timings: z.object({
    startMs: z.number(),
    breakMs: z.number(),
    fixMs: z.number(),
    checkMs: z.number(),
  }),
})
export type Verdict = z.infer<typeof verdictSchema>
