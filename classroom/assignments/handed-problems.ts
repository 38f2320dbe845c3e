/** What is said of something that was handed in and could not be judged as usual. Fit to be shown. */
import { type Problem, problemSchema } from '../../sandbox/protocol/status.ts'

export const notJudged: Problem = {
  code: 'not-judged',
  message:
    'Your work was handed in, and the check of it failed several times. This is no judgement of it, and it costs no attempt.',
  remedy:
    'If there is time left you can begin again: it is the same variant. Your instructor sees this as well, and can set a grade.',
}

export const goneBefore: Problem = {
  code: 'gone-before-check',
  message:
    'Your work was handed in, and its machine was gone before it could be checked. This costs no attempt.',
  remedy:
    'If there is time left you can begin again: it is the same variant. Your instructor sees this as well, and can set a grade.',
}

/** Of a submission that is graded all the same. */
export const judgedByLastCheck: Problem = {
  code: 'judged-by-last-check',
  message:
    'Its machine could not be checked any more, so it was judged by your last check. It counts as handed in at the moment of that check.',
  remedy: 'Nothing is to be done. If you think that it was worth more, ask your instructor to look at it.',
}

/** An instructor's word stands where nothing was handed in. */
export const nothingHandedIn: Problem = {
  code: 'nothing-handed-in',
  message: 'Nothing was handed in here: an instructor has set the grade.',
  remedy: 'Nothing is to be done.',
}

/** It is there for an instructor's word and for nothing else. */
export const holdsNothing = ({ problem }: { problem: unknown }): boolean =>
  problemSchema.nullable().parse(problem ?? null)?.code === nothingHandedIn.code

/** An error that became a grade (an override, a mended judge) keeps its row's problem, which says nothing any more. */
export function shownProblem({ state, problem }: { state: string; problem: unknown }): Problem | null {
  const stored = problemSchema.nullable().parse(problem ?? null)
  return state === 'error' || stored?.code === judgedByLastCheck.code ? stored : null
}
