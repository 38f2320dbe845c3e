/** Texts of a verdict. */
import type { CriterionKind, Status } from '#/grader/verdict.ts'

export const verdictText = {
  none: 'No verdict yet. Fill in the diagnosis, mend the machine, and check; you can check as often as you like.',
  protocol: (number: number) => `Protocol ${number}`,
  status: {
    pass: 'passed',
    fail: 'not passed',
    error: 'not judged: something of ours failed',
    not_gradable: 'not gradable',
  } satisfies Record<Status, string>,
  criterion: { pass: 'pass', fail: 'fail', error: 'error', not_gradable: 'not gradable' } satisfies Record<
    Status,
    string
  >,
  partly: 'in part',
  kind: {
    baseline: 'Before',
    diagnosis: 'Diagnosis',
    repair: 'Repair',
    behaviour: 'Behaviour',
    collateral: 'Nothing else harmed',
  } satisfies Record<CriterionKind, string>,
  points: (points: number, max: number) => `${points} / ${max}`,
  score: (score: number, max: number) => `${score} of ${max} points`,
  lessHints: (count: number, cost: number, score: number) =>
    `less ${cost} for ${count === 1 ? 'one hint' : `${count} hints`}: ${score}`,
  debrief: 'Debrief',
  columns: { before: 'Before', after: 'After' },
  notCounted:
    'This check could not be judged. It does not count, and it cost nothing. Check again, or reset the machine.',
  history: 'Earlier protocols',
  earlierMachine: 'an earlier machine',
  took: (time: string) => `judged in ${time}`,
} as const
