import { describe, expect, test } from 'vitest'
import { defineLab, type Finding, type Given, type Lab } from '../labs/schema.ts'
import { grade, judgeAgain, overall } from './grade.ts'
import { InfrastructureError } from './guest.ts'
import { verdictSchema } from './verdict.ts'

const finding = (status: Finding['status'], share: number): Finding => ({
  status,
  share,
  feedback: status,
  evidence: [],
})
const noSandbox = { guest: { run: never }, world: { load: never, stats: never } }

function lab(findings: Record<string, Finding>, changes: Partial<Lab> = {}): Lab {
  return defineLab<unknown, unknown, Given>({
    meta: {
      id: 'toy',
      title: 'Toy',
      chapter: 'c',
      stage: null,
      minutes: 5,
      difficulty: 'steady',
      objectives: ['See'],
    },
    criteria: [
      { id: 'broken', kind: 'baseline', title: 'Broken', maxPoints: 0 },
      { id: 'limit', kind: 'repair', title: 'Limit', maxPoints: 30 },
      { id: 'served', kind: 'behaviour', title: 'Served', maxPoints: 70 },
    ],
    variant: (seed) => ({ seed }),
    machine: () => ({ nic: 'vmxnet3', vcpus: 1, memoryMb: 256, prepare: '' }),
    env: () => ({}),
    background: () => ({ everyMs: 1000, plan: { dst: '198.18.0.2', port: 80, requests: [] } }),
    verifyBroken: async () => {},
    collect: async () => 'after',
    brokenBaseline: () => ({ ok: true }),
    judge: () => findings,
    referenceAnswers: never,
    ...changes,
  })
}

function never(): never {
  throw new Error('not asked for in this test')
}

const good = { broken: finding('pass', 1), limit: finding('pass', 1), served: finding('pass', 1) }
const input = (toy: Lab) => ({ lab: toy, seed: 3, before: 'before', answers: null, sandbox: noSandbox })

describe('a grading', () => {
  test('passes with all points when every criterion passes', async () => {
    const { verdict, after } = await grade({ ...input(lab(good)), timings: { startMs: 700, fixMs: 40 } })
    expect(verdict).toMatchObject({ lab: 'toy', seed: 3, status: 'pass', score: 100, maxScore: 100 })
    expect(verdict.timings).toMatchObject({ startMs: 700, breakMs: 0, fixMs: 40 })
    expect(after).toBe('after')
    expect(verdictSchema.parse(verdict)).toEqual(verdict)
  })

  test('gives partial points for a partial repair, and is no pass', async () => {
    const { verdict } = await grade(input(lab({ ...good, served: finding('fail', 0.25) })))
    expect(verdict).toMatchObject({ status: 'fail', score: 47.5 })
  })

  test('is an error that costs nothing when the machine cannot be asked', async () => {
    const dead = async () => {
      throw new InfrastructureError('The virtual machine has stopped.')
    }
    const { verdict, after } = await grade(input(lab(good, { collect: dead })))
    expect(after).toBeNull()
    expect(verdict).toMatchObject({ status: 'error', score: 0, maxScore: 100 })
    expect(verdict.criteria.map(({ status, points }) => [status, points])).toEqual(
      Array(3).fill(['error', 0]),
    )
    expect(verdict.criteria[0]?.feedback).toMatch(/virtual machine has stopped.*nothing is lost/)
  })

  test('does not hide a programmer’s mistake in collecting', async () => {
    await expect(grade(input(lab(good, { collect: never })))).rejects.toThrow('not asked for')
  })

  test('is an error, never a pass, without criteria', async () => {
    const { verdict } = await grade(input(lab({}, { criteria: [] })))
    expect(verdict).toMatchObject({ status: 'error', score: 0 })
    expect(verdictSchema.parse(verdict)).toEqual(verdict)
  })

  test('is an error when the judge forgets a criterion', async () => {
    const { verdict } = await grade(input(lab({ broken: good.broken, served: good.served })))
    expect(verdict.status).toBe('error')
    expect(verdict.criteria.find(({ id }) => id === 'limit')).toMatchObject({ status: 'error', points: 0 })
  })

  test('is an error, with the evidence kept, when the judge stumbles over what it reads', async () => {
    const { verdict, after } = await grade(input(lab(good, { judge: never })))
    expect(verdict.status).toBe('error')
    expect(after).toBe('after')
  })
})

describe('stored evidence', () => {
  test('gives the same verdict again without a machine', async () => {
    const toy = lab({ ...good, limit: finding('fail', 0.5) })
    const { verdict, after } = await grade(input(toy))
    const { sandbox: _, ...stored } = input(toy)
    expect(judgeAgain({ ...stored, after, timings: verdict.timings })).toEqual(verdict)
  })

  test('never earns more than a criterion’s points, nor less than none', () => {
    const { sandbox: _, ...stored } = input(
      lab({ ...good, limit: finding('pass', 7), served: finding('fail', Number.NaN) }),
    )
    expect(judgeAgain({ ...stored, after: null })).toMatchObject({ status: 'fail', score: 30 })
  })
})

test('an error makes the whole an error, and nothing gradable is no pass', () => {
  expect(overall([])).toBe('error')
  expect(overall(['pass', 'fail', 'error'])).toBe('error')
  expect(overall(['pass', 'not_gradable', 'fail'])).toBe('fail')
  expect(overall(['pass', 'not_gradable'])).toBe('not_gradable')
  expect(overall(['pass', 'pass'])).toBe('pass')
})
