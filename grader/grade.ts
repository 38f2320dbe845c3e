/**
 * From a machine or from stored evidence to a verdict. Collecting may fail, and then nobody is judged; judging is pure and can be repeated
 * for ever. Knows no single lab, no Docker and no database.
 */
import type { CriterionSpec, Finding, Given, Lab, Sandbox } from '../labs/schema.ts'
import { findingsOf } from './findings.ts'
import { InfrastructureError } from './guest.ts'
import type { CriterionResult, Status, Verdict } from './verdict.ts'

type Timings = Verdict['timings']

export interface JudgeInput {
  lab: Lab
  seed: number
  /** The evidence of the broken machine. */
  before: unknown
  answers: Given | null
  timings?: Partial<Timings>
}

export interface GradeInput extends JudgeInput {
  sandbox: Sandbox
}

/** The verdict and what it was judged from; `after` is null when the machine could not be asked. */
export interface Grading {
  verdict: Verdict
  after: unknown
}

/** Grades a machine as it is now. Never throws for an outage: that is a verdict too, `error`. */
export async function grade({ sandbox, ...input }: GradeInput): Promise<Grading> {
  const began = performance.now()
  const timed = () => ({
    ...input,
    timings: { ...input.timings, checkMs: Math.round(performance.now() - began) },
  })
  try {
    const after = await input.lab.collect(sandbox, input.lab.variant(input.seed), input.seed)
    return { verdict: judgeAgain({ ...timed(), after }), after }
  } catch (error) {
    if (!(error instanceof InfrastructureError)) throw error
    return { verdict: outage(timed(), error.message), after: null }
  }
}

/** The verdict of stored evidence: the same for the same evidence and rubric, without a machine. */
export function judgeAgain(input: JudgeInput & { after: unknown }): Verdict {
  const { lab, seed, before, after, answers } = input
  if (lab.criteria.length === 0) return outage(input, 'This lab has no criteria, so nothing was checked.')
  try {
    const findings = findingsOf(lab, { before, after, answers, variant: lab.variant(seed) })
    return verdictOf(
      input,
      lab.criteria.map((spec) => resultOf(spec, findings[spec.id])),
    )
  } catch (error) {
    // A judge reads text that a learner's machine wrote. If it stumbles, the evidence is kept and can be judged again.
    return outage(
      input,
      `The evidence could not be judged: ${error instanceof Error ? error.message : error}.`,
    )
  }
}

function resultOf(spec: CriterionSpec, finding: Finding | undefined): CriterionResult {
  const { status, share, feedback, evidence } = finding ?? unjudged
  const points = status === 'pass' || status === 'fail' ? round(spec.maxPoints * clamp(share)) : 0
  return { ...spec, status, points, feedback, evidence }
}

const unjudged: Finding = {
  status: 'error',
  share: 0,
  feedback: 'This was not judged. The fault is ours, nothing is lost; check again.',
  evidence: [],
}

function verdictOf({ lab, seed, timings }: JudgeInput, criteria: CriterionResult[]): Verdict {
  return {
    lab: lab.meta.id,
    seed,
    status: overall(criteria.map(({ status }) => status)),
    score: round(sum(criteria.map(({ points }) => points))),
    maxScore: sum(criteria.map(({ maxPoints }) => maxPoints)),
    criteria,
    timings: { startMs: 0, breakMs: 0, fixMs: 0, checkMs: 0, ...timings },
  }
}

/** An error anywhere makes the whole doubtful; a pass needs every criterion. No criteria are no pass. */
export function overall(statuses: Status[]): Status {
  if (statuses.length === 0 || statuses.includes('error')) return 'error'
  if (statuses.includes('fail')) return 'fail'
  return statuses.includes('not_gradable') ? 'not_gradable' : 'pass'
}

function outage(input: JudgeInput, reason: string): Verdict {
  const feedback = `${reason} This is no judgement of your work, and nothing is lost; check again.`
  const finding: Finding = { status: 'error', share: 0, feedback, evidence: [] }
  const specs = input.lab.criteria.length > 0 ? input.lab.criteria : [nothingToCheck]
  return verdictOf(
    input,
    specs.map((spec) => resultOf(spec, finding)),
  )
}

/** So that even the verdict of a lab without criteria says why. */
const nothingToCheck: CriterionSpec = { id: 'criteria', kind: 'baseline', title: 'Criteria', maxPoints: 1 }

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
const clamp = (share: number): number => Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0))
/** Half points are enough for anybody, and floating point shall not show. */
const round = (points: number): number => Math.round(points * 2) / 2
