import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { MyAssignment } from '#/classroom/assignments/mine.ts'
import { openTerms } from '#/classroom/grades/terms.ts'
import { Rules } from './Rules.tsx'

const drawn = (lateDueAt: string | null, terms = openTerms) => {
  const latePolicy = { kind: 'perDay' as const, percent: 10, graceMinutes: 10, cap: 100 }
  const moments = { dueAt: '2099-05-01T16:00:00.000Z', lateDueAt }
  const assignment = { counting: 'best', terms, latePolicy, seedPolicy: 'learner' }
  const mine = { assignment, labs: [], dates: { minutes: null, moments } } as unknown as MyAssignment
  return renderToStaticMarkup(<Rules mine={mine} />)
}

test('grace is told only where late work counts: without a late date it would contradict that nothing counts', () => {
  expect(drawn('2099-05-08T16:00:00.000Z')).toContain('nothing is late in the first 10 minutes')
  expect(drawn(null)).toContain('does not count')
  expect(drawn(null)).not.toContain('nothing is late')
})

test('where hints are forbidden it says what those cost that were seen before', () => {
  expect(drawn(null, { ...openTerms, hints: false })).toContain('those that you saw before still cost')
  expect(drawn(null, { ...openTerms, hints: false, hintCost: 0 })).toContain('saw before cost nothing')
})
