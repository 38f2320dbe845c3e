/** A verdict is read by people, and its exit code by scripts. */
import { expect, test } from 'vitest'
import type { Verdict } from '../grader/verdict.ts'
import { exitCodeOfVerdict, verdictText } from './verdict-text.ts'

const verdict: Verdict = {
  lab: 'accept-queue',
  seed: 3,
  status: 'fail',
  score: 40,
  maxScore: 100,
  criteria: [
    {
      id: 'served',
      kind: 'behaviour',
      title: 'Every client is served',
      status: 'fail',
      points: 0,
      maxPoints: 60,
      feedback: '130 of 200 clients got an answer.',
      evidence: [
        { label: 'answers', before: '120 of 200', after: '130 of 200' },
        { label: 'limit', after: '8' },
      ],
    },
  ],
  timings: { startMs: 900, breakMs: 100, fixMs: 20, checkMs: 4000 },
}

test('each criterion is told with what was observed, before and after', () => {
  expect(verdictText(verdict)).toBe(
    [
      '✗ accept-queue, seed 3: fail, 40 of 100 points',
      '  ✗ Every client is served (behaviour, served) 0/60',
      '      130 of 200 clients got an answer.',
      '      answers: 120 of 200 → 130 of 200',
      '      limit: 8',
      '  start 900 ms (break 100 ms), fix 20 ms, check 4000 ms',
    ].join('\n'),
  )
})

test('passed is 0, not passed is 1, and an outage is neither', () => {
  const code = (status: Verdict['status']) => exitCodeOfVerdict({ ...verdict, status })
  expect([code('pass'), code('fail'), code('error'), code('not_gradable')]).toEqual([0, 1, 2, 2])
})
