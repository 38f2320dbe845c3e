/**
 * What one learner has at one lab of an assignment: computed from the attempts and their newest judgements, again whenever one of them changes, and the
 * same for the same ones. Pure; knows no database.
 */
import type {
  AttemptState,
  Counting,
  GradeState,
  SubmissionState,
  VerdictStatus,
} from '../../prisma/client/enums.ts'
import { counted } from './counting.ts'
import { type Dates, datesFor, type Extended } from './deadline.ts'
import { type Due, isLate, type LatePolicy, lateCost } from './late-policy.ts'
import { hintsTaken, type Terms } from './terms.ts'

export interface Rules extends Dates {
  /** The cohort's. */
  timeZone: string
  latePolicy: LatePolicy
  counting: Counting
  terms: Terms
}

export interface Tried {
  id: string
  state: AttemptState
  submission: Handed | null
}

export interface Handed {
  state: SubmissionState
  submittedAt: Date
  /** Seen until it was handed in. */
  hints: number
  /** The newest. */
  judgement: { status: VerdictStatus; score: number; maxScore: number; overridden: boolean } | null
}

export interface Grade {
  state: GradeState
  /** 0 to 1. Null: nothing that counts yet. */
  share: number | null
  /** Spent: lost ones, and those that could not be judged, are not. */
  attempts: number
  submissionId: string | null
  overridden: boolean
}

/** Null: not started, and nothing to say. */
export function gradeOf(
  rules: Rules,
  extension: (Extended & { excused: boolean }) | null,
  tried: readonly Tried[],
): Grade | null {
  const attempts = tried.filter(spent).length
  const nothing: Omit<Grade, 'state'> = { share: null, attempts, submissionId: null, overridden: false }
  if (extension?.excused) return { ...nothing, state: 'excused' }
  const { dueAt } = datesFor(rules, extension)
  const due = { dueAt, timeZone: rules.timeZone }
  const rated = tried.flatMap((each) => ratedOf(rules, due, each))
  // An instructor's word is on the whole: nothing that a judge said elsewhere stands against it.
  const word = rated.filter(({ overridden }) => overridden)
  const one = counted(rules.counting, word.length > 0 ? word : rated)
  if (one) {
    const state = isLate(rules.latePolicy, due, one.submittedAt) ? 'late' : 'submitted'
    return { state, share: one.share, attempts, submissionId: one.id, overridden: one.overridden }
  }
  const waiting = tried.find(({ submission }) => submission?.state === 'due')
  if (waiting) return { ...nothing, state: 'submitted', submissionId: waiting.id }
  if (tried.some(isOpen)) return { ...nothing, state: 'running' }
  const failed = tried.findLast(({ submission }) => submission !== null)
  return failed ? { ...nothing, state: 'error', submissionId: failed.id } : null
}

/** An attempt that takes one away from those that are left. An error costs none, also when an instructor has set its grade. */
export function spent({ state, submission }: Tried): boolean {
  if (!submission) return state === 'starting' || state === 'running'
  return submission.state === 'due' || (submission.state === 'graded' && judged(submission))
}

const isOpen = ({ state, submission }: Tried): boolean =>
  !submission && (state === 'starting' || state === 'running')

/** An outage passes nobody and costs nobody anything, not even when an old judgement became one. */
function judged({ state, judgement }: Handed): boolean {
  if (!judgement) return false
  if (judgement.overridden) return true
  return state === 'graded' && (judgement.status === 'pass' || judgement.status === 'fail')
}

function ratedOf(rules: Rules, due: Due, { id, submission }: Tried) {
  const earned = submission && earnedOf(rules, due, submission)
  if (!earned) return []
  const { overridden, share } = earned
  return [{ id, submittedAt: submission.submittedAt, overridden, share }]
}

/** How one submission came to what it is worth, each 0 to 1 of the full mark. */
export interface Earned {
  judged: number
  hints: number
  late: number
  share: number
  overridden: boolean
}

/** An override is the instructor's word on the whole: nothing is taken off it. Null: it does not count. */
export function earnedOf(rules: Rules, due: Due, submission: Handed): Earned | null {
  const { submittedAt, judgement } = submission
  if (!judgement || !judged(submission)) return null
  const { score, maxScore, overridden } = judgement
  const hints = overridden ? 0 : hintsTaken(rules.terms, submission.hints)
  const late = overridden ? 0 : lateCost(rules.latePolicy, due, submittedAt)
  const share = tidy(score / maxScore - (hints + late))
  return { judged: score / maxScore, hints, late, share, overridden }
}

/** In range, and without the dust of floating point: 0.7 - 0.1 is 0.6. */
const tidy = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 1e6) / 1e6
