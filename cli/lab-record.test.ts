/** A recording is what a machine said, or nothing: a check that could not ask it leaves no file and says why. */
import { expect, test } from 'vitest'
import type { Grading } from '../grader/grade.ts'
import { afterOf } from './lab-record.ts'
import { CommandError } from './output.ts'

const feedback = 'The server did not get round to telling its state.'
const grading = (after: unknown): Grading => ({
  after,
  verdict: {
    lab: 'small-window',
    seed: 0,
    status: after === null ? 'error' : 'fail',
    score: 0,
    maxScore: 10,
    criteria: [
      {
        ...{ id: 'served', kind: 'behaviour', title: 'Served', maxPoints: 10, points: 0 },
        ...{ status: 'error', feedback, evidence: [] },
      },
    ],
    timings: { startMs: 0, breakMs: 0, fixMs: 0, checkMs: 0 },
  },
})

test('what was collected is recorded, whatever it is worth', () => {
  expect(afterOf(grading({ state: 'up' }), 'solve.sh, seed 0')).toEqual({ state: 'up' })
})

test('a collection that failed is told by script, reason and remedy', () => {
  const failing = () => afterOf(grading(null), 'solve.sh, seed 0')
  expect(failing).toThrow(CommandError)
  expect(failing).toThrow(`solve.sh, seed 0 was not recorded. ${feedback}`)
})
