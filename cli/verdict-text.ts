/**
 * A verdict for people: one line per criterion, the test protocol below those that did not pass. Knows no lab and no machine.
 */
import type { CriterionResult, Verdict } from '../grader/verdict.ts'

const signs = { pass: '✓', fail: '✗', error: '!', not_gradable: '?' } as const

export function verdictText(verdict: Verdict): string {
  const { lab, seed, status, score, maxScore, criteria, timings } = verdict
  const { startMs, breakMs, fixMs, checkMs } = timings
  return [
    `${signs[status]} ${lab}, seed ${seed}: ${status}, ${score} of ${maxScore} points`,
    ...criteria.flatMap(criterionLines),
    `  start ${startMs} ms (break ${breakMs} ms), fix ${fixMs} ms, check ${checkMs} ms`,
  ].join('\n')
}

function criterionLines(criterion: CriterionResult): string[] {
  const { id, title, kind, status, points, maxPoints, feedback, evidence } = criterion
  return [
    `  ${signs[status]} ${title} (${kind}, ${id}) ${points}/${maxPoints}`,
    ...(feedback ? [`      ${feedback}`] : []),
    ...evidence.map(({ label, before, after }) =>
      before === undefined ? `      ${label}: ${after}` : `      ${label}: ${before} → ${after}`,
    ),
  ]
}

export function exitCodeOfVerdict({ status }: Verdict): 0 | 1 | 2 {
  if (status === 'pass') return 0
  return status === 'fail' ? 1 : 2
}
