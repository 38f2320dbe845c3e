import { expect, test } from 'vitest'
import { type Check, changesIn, median, rowsOf, type Stretch, summariesOf } from './report.ts'

const began = new Date('2026-11-27T09:00:00Z')
const at = (minutes: number) => new Date(began.getTime() + minutes * 60_000)

const criterion = (id: string, kind: 'diagnosis' | 'repair', status: 'pass' | 'fail') => ({
  ...{ id, kind, title: id, status, points: 0, maxPoints: 10, feedback: '', evidence: [] },
})
/** @param typed what the machine remembers so far; null when it does not tell */
function check(minutes: number, diagnosis: boolean, repair: boolean, typed: string[] | null): Check {
  return {
    at: at(minutes),
    generation: 0,
    changes: typed && changesIn({ commands: typed.map((line) => ({ at: null, line })), older: false }),
    verdict: {
      status: diagnosis && repair ? 'pass' : 'fail',
      score: Number(diagnosis) * 40 + Number(repair) * 60,
      maxScore: 100,
      criteria: [
        criterion('counter', 'diagnosis', diagnosis ? 'pass' : 'fail'),
        criterion('queue', 'repair', repair ? 'pass' : 'fail'),
      ],
    },
  }
}
const stretch = (personId: string, checks: Check[], more: Partial<Stretch> = {}): Stretch => ({
  ...{ personId, lab: 'accept-queue', began, injected: false, checks, ...more },
})

test('time to the diagnosis, to the pass, and the fixes that were tried in vain', () => {
  const looking = ['ss -lnt', 'nstat']
  const checks = [
    // The diagnosis alone, wrong and right: nothing was tried yet.
    check(4, false, false, looking),
    check(6, true, false, looking),
    check(9, true, false, [...looking, 'sysctl -w net.core.somaxconn=16']),
    // Asked again without having done anything.
    check(10, true, false, [...looking, 'sysctl -w net.core.somaxconn=16']),
    check(12, true, false, [...looking, 'sysctl -w net.core.somaxconn=16', 'systemctl reload puma']),
    check(15, true, true, [...looking, 'sysctl -w net.core.somaxconn=16', 'vi /etc/puma/puma.rb']),
    check(20, true, false, null),
  ]
  const [row] = rowsOf([stretch('ada', checks)], () => 2)
  expect(row).toMatchObject({
    ...{ checks: 7, diagnosedAfter: 360, passedAfter: 900, wrongFixes: 2, hints: 2, share: 1 },
  })
})

test('a machine that does not tell what was typed counts a failed check as tried; a reset begins anew', () => {
  const changed = ['sysctl -w a=1']
  const [row] = rowsOf(
    [
      stretch('ada', [
        check(1, false, false, null),
        check(2, false, false, changed),
        { ...check(3, false, false, changed), generation: 1 },
      ]),
    ],
    () => 0,
  )
  expect(row?.wrongFixes).toBe(3)
})

test('several machines of one learner are one row; the times are those of the machine in which it came about', () => {
  const [row] = rowsOf(
    [
      stretch('ada', [check(30, false, false, [])]),
      stretch('ada', [check(70, true, true, [])], { began: at(60), injected: true }),
    ],
    () => 0,
  )
  expect(row).toMatchObject({ began, injected: true, checks: 2, diagnosedAfter: 600, passedAfter: 600 })
})

test('the class: the hardest lab first, with what most failed at first', () => {
  const stretches = [
    stretch('ada', [check(5, true, false, []), check(10, true, true, [])]),
    stretch('bob', [check(9, false, false, [])]),
    stretch('eve', []),
    stretch('ada', [check(3, true, true, [])], { lab: 'easy' }),
  ]
  const rows = rowsOf(stretches, () => 1)
  const [hard, easy] = summariesOf(rows, stretches)
  expect(hard).toEqual({
    ...{ lab: 'accept-queue', learners: 3, diagnosed: 1, passed: 1, medianDiagnosis: 300, medianPass: 600 },
    ...{ wrongFixes: 0, hints: 3 },
    hard: [
      { title: 'queue', learners: 2 },
      { title: 'counter', learners: 1 },
    ],
  })
  expect(easy).toMatchObject({ lab: 'easy', passed: 1, hard: [] })
})

test('the median of none, an odd and an even number', () => {
  expect([median([]), median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([null, 2, 2.5])
})
