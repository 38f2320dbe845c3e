/**
 * Judging a diagnosis: stage, counter, value, limit against what the learner's own machine showed. Every lab asks the same four, so every
 * lab judges them here. Feedback says what was observed, never which answer is right. Knows no single lab.
 */
import { counterId } from './counters.ts'
import type { Answers, CriterionSpec, Finding } from './schema.ts'
import { stages } from './stages.ts'

export interface Truth {
  stage: Answers['stage']
  /** Ids of counters and what naming them earns: 1 proves it, less points the right way without proving it. */
  counters: { id: string; share: number; why?: string; first: number | null; now: number | null }[]
  /** The limit in force while it was broken; null when the evidence does not say. */
  limit: number | null
  /** The limit in force now: named by who mended first and answered then. */
  limitNow?: number | null
}

export const diagnosisCriteria: CriterionSpec[] = [
  { id: 'stage', kind: 'diagnosis', title: 'The stage where it happens', maxPoints: 10 },
  { id: 'counter', kind: 'diagnosis', title: 'The counter that proves it', maxPoints: 10 },
  { id: 'value', kind: 'diagnosis', title: 'The value of that counter', maxPoints: 5 },
  { id: 'limit', kind: 'diagnosis', title: 'The limit that was in force', maxPoints: 5 },
]

export function judgeDiagnosis(answers: Answers | null, truth: Truth): Record<string, Finding> {
  if (!answers) {
    return Object.fromEntries(diagnosisCriteria.map(({ id }) => [id, wrong('No diagnosis was given.')]))
  }
  return {
    stage: judgeStage(answers, truth),
    counter: judgeCounter(answers, truth),
    value: judgeValue(answers, truth),
    limit: judgeLimit(answers, truth),
  }
}

function judgeStage({ stage }: Answers, truth: Truth): Finding {
  const name = stages.find(({ id }) => id === stage)?.name ?? stage
  const evidence = [{ label: 'Stage named', after: name }]
  return stage === truth.stage
    ? right(`${name}: this is where it happens.`, evidence)
    : wrong(`By the figures of this machine it happens elsewhere, not at the stage ${name}.`, evidence)
}

function judgeCounter({ counter }: Answers, truth: Truth): Finding {
  const named = countedAs(counter, truth)
  const evidence = [{ label: 'Counter named', after: counter }]
  if (!named) return wrong(`${counter} does not tell this fault from others on this machine.`, evidence)
  if (named.share >= 1) return right(`${named.id} counts exactly this.`, evidence)
  return {
    ...wrong(named.why ?? `${named.id} points the right way without proving it.`, evidence),
    share: named.share,
  }
}

function judgeValue({ counter, value }: Answers, truth: Truth): Finding {
  const named = countedAs(counter, truth)
  if (!named) return wrong(`The value was not looked at: it belongs to ${counter}.`, [])
  const { id, first, now } = named
  if (first === null || now === null) {
    return { status: 'not_gradable', share: 0, feedback: `The machine did not tell its ${id}.`, evidence: [] }
  }
  // The range is shown to whoever met it: to others it would give the answer.
  const evidence = [{ label: id, before: `${first}`, after: `${now}` }]
  return value > 0 && value >= first && value <= now
    ? right(`${id} stood at ${value} at some moment of this machine.`, evidence)
    : wrong(`${id} never stood at ${value} on this machine since it broke.`)
}

function judgeLimit({ limit }: Answers, truth: Truth): Finding {
  if (truth.limit === null) {
    return { status: 'not_gradable', share: 0, feedback: 'The machine did not tell the limit.', evidence: [] }
  }
  const evidence = [{ label: 'Limit named', after: `${limit}` }]
  if (limit === truth.limit) return right(`${limit} was in force while the clients suffered.`, evidence)
  if (limit === truth.limitNow) {
    const feedback = `${limit} is in force now. While the clients suffered, it was another.`
    return { ...wrong(feedback, evidence), share: 0.5 }
  }
  return wrong(`${limit} may be written somewhere, but it was not what this machine went by.`, evidence)
}

function countedAs(counter: string, truth: Truth) {
  const id = counterId(counter)
  return truth.counters.find((one) => one.id === id)
}

const right = (feedback: string, evidence: Finding['evidence']): Finding => ({
  status: 'pass',
  share: 1,
  feedback,
  evidence,
})
const wrong = (feedback: string, evidence: Finding['evidence'] = []): Finding => ({
  status: 'fail',
  share: 0,
  feedback,
  evidence,
})
