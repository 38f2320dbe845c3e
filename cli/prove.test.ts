/** A lab is proven only when every script did exactly what its folder says. */
import { describe, expect, test } from 'vitest'
import type { Verdict } from '../grader/verdict.ts'
import { openCatalog } from '../labs/catalog.ts'
import type { LabFolder } from '../labs/folder.ts'
import { inParallel } from './in-parallel.ts'
import { byMachine, findingsLine, planCauses, planRuns, whyNot, whyOther } from './prove.ts'

const folder = {
  lab: { meta: { id: 'full-queue' } },
  solves: [{ name: 'solve.sh', script: 'right' }],
  wrongs: [{ name: 'wrong/half.sh', script: 'half', fails: 'served', why: '' }],
} as unknown as LabFolder

function verdict(status: Verdict['status'], served: Verdict['status'], score = 10): Verdict {
  return {
    lab: 'full-queue',
    seed: 1,
    status,
    score,
    maxScore: 10,
    criteria: [
      {
        id: 'served',
        kind: 'behaviour',
        title: '',
        status: served,
        points: 0,
        maxPoints: 10,
        feedback: '',
        evidence: [],
      },
    ],
    timings: { startMs: 0, breakMs: 0, fixMs: 0, checkMs: 0 },
  }
}

test('unfixed, every solution and every wrong fix are tried, for each seed and each time', () => {
  const runs = planRuns(folder, [1, 2], 2)
  expect(runs).toHaveLength(12)
  expect(runs.slice(0, 3)).toMatchObject([
    { script: '(unfixed)', text: null, seed: 1, expected: { status: 'fail' } },
    { script: 'solve.sh', text: 'right', expected: { status: 'pass' } },
    { script: 'wrong/half.sh', text: 'half', expected: { status: 'fail', criterion: 'served' } },
  ])
})

describe('a cause that the seeds asked for have not', () => {
  /** The cause goes round, its place is another in every fourth seed. */
  const lab = {
    ...folder.lab,
    variant: (seed: number) => seed,
    causes: (seed: number) => [`cause ${seed % 3}`, seed % 4 === 0 ? 'in a script' : 'in a file'],
  } as LabFolder['lab']
  const turning = { ...folder, lab, solves: [...folder.solves, { name: 'solve-else.sh', script: 'right' }] }
  const tried = (seeds: number[], times = 1) =>
    planCauses(turning, seeds, times).map(({ seed, script }) => `${seed} ${script}`)

  test('is tried on the first seed that has it: unfixed and mended, and nothing else', () => {
    expect(tried([1, 2])).toEqual(['3 (unfixed)', '3 solve.sh', '4 (unfixed)', '4 solve.sh'])
    expect(planCauses(turning, [1, 2], 1)[0]).toMatchObject({ text: null, expected: { status: 'fail' } })
  })

  test('is tried as often as all else', () => {
    expect(tried([1, 2, 3], 2)).toEqual(['4 (unfixed)', '4 solve.sh', '4 (unfixed)', '4 solve.sh'])
  })

  test('is not there when they have them all, nor in a lab whose scripts go one way', () => {
    expect(tried([1, 2, 3, 4])).toEqual([])
    expect(planCauses({ ...turning, lab: { ...lab, causes: undefined } }, [1], 1)).toEqual([])
  })

  test('is found in every lab, however its variants turn', async () => {
    for (const one of (await openCatalog()).list()) {
      const { variant, causes = () => [] } = one.lab
      const of = (seeds: number[]) => new Set(seeds.flatMap((seed) => causes(variant(seed))))
      const later = Array.from({ length: 200 }, (_, seed) => seed)
      expect(of([1, ...planCauses(one, [1], 1).map(({ seed }) => seed)])).toEqual(of([1, ...later]))
    }
  })
})

test('all runs of one variant begin on one machine, whatever else is proven', () => {
  const other = { ...folder, lab: { meta: { id: 'other' } } } as unknown as LabFolder
  const plans = [...planRuns(folder, [1, 2], 2), ...planRuns(other, [1], 1)]
  const machines = byMachine(plans)
  expect(machines.map((runs) => runs.length)).toEqual([6, 6, 3])
  expect(machines.flat()).toHaveLength(plans.length)
  for (const runs of machines)
    expect(new Set(runs.map(({ folder, seed }) => `${folder.lab.meta.id} ${seed}`)).size).toBe(1)
})

test('where nothing is broken, whoever answers nothing fails', () => {
  const asking = { ...folder, lab: { ...folder.lab, questions: [] } } as unknown as LabFolder
  expect(planRuns(asking, [1], 1)[0]).toMatchObject({
    script: '(unanswered)',
    text: null,
    answers: null,
    expected: { status: 'fail' },
  })
  expect(planRuns(folder, [1], 1).map(({ answers }) => answers)).toEqual(['auto', 'auto', 'auto'])
})

test('a solution must pass with all points and end without an error', () => {
  expect(whyNot({ status: 'pass' }, verdict('pass', 'pass'), 0)).toBeNull()
  expect(whyNot({ status: 'pass' }, verdict('pass', 'pass', 7), 0)).toBe('passes with 7 of 10 points only')
  expect(whyNot({ status: 'pass' }, verdict('pass', 'pass'), 1)).toBe('the script ended with exit 1')
  expect(whyNot({ status: 'pass' }, verdict('fail', 'fail'), 0)).toBe('expected pass, got fail (served)')
})

test('a wrong fix must fail where it says, not anywhere', () => {
  const expected = { status: 'fail', criterion: 'served' } as const
  expect(whyNot(expected, verdict('fail', 'fail'), 0)).toBeNull()
  expect(whyNot(expected, verdict('fail', 'fail'), 1)).toBe('the script ended with exit 1')
  expect(whyNot(expected, verdict('fail', 'pass'), 0)).toBe('fails, but served is pass')
  expect(whyNot({ ...expected, criterion: 'other' }, verdict('fail', 'fail'), 0)).toContain(
    'no criterion other',
  )
})

test('what was found is told in one line, for who sees no more of a run than its end', () => {
  const found = verdict('fail', 'not_gradable')
  const criterion = found.criteria[0] as Verdict['criteria'][number]
  const fine = { ...criterion, id: 'app', status: 'pass' as const }
  const criteria = [{ ...criterion, feedback: 'Nobody was asked.' }, fine]
  expect(findingsLine({ ...found, criteria })).toBe('served not_gradable: Nobody was asked.')
})

test('an outage proves nothing', () => {
  expect(whyNot({ status: 'fail' }, verdict('error', 'error'), 0)).toContain('got error')
})

test('the same machine is judged the same, whatever the points say', () => {
  expect(whyOther(verdict('fail', 'fail', 3), verdict('fail', 'fail', 4))).toBeNull()
  expect(whyOther(verdict('fail', 'fail'), verdict('fail', 'error'))).toMatch(
    /^served was fail, and error when it was checked again/,
  )
})

test('so many at once, in the order of the list', async () => {
  let now = 0
  let most = 0
  const results = await inParallel([30, 10, 20, 5], 2, async (ms) => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setTimeout(resolve, ms))
    now--
    return ms
  })
  expect(results).toEqual([30, 10, 20, 5])
  expect(most).toBe(2)
})
