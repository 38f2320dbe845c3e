/**
 * What proves a lab: unfixed fails, each reference fix passes, each wrong fix fails at the criterion it names. Pure planning and judging of
 * runs; knows no machine.
 */
import type { Verdict } from '../grader/verdict.ts'
import type { LabFolder } from '../labs/folder.ts'
import { scriptsAt } from '../labs/scripts.ts'

export interface PlannedRun {
  folder: LabFolder
  /** `(unfixed)`, `(unanswered)`, or the script's path in the lab's folder. */
  script: string
  text: string | null
  answers: 'auto' | null
  seed: number
  expected: Expected
}

/** `criterion`: the one that must fail. */
export interface Expected {
  status: 'pass' | 'fail'
  criterion?: string
}

export interface ProvenRun {
  script: string
  seed: number
  expected: Expected
  ok: boolean
  /** Why it is not as expected. */
  reason: string | null
  verdict: Verdict | null
}

export interface ProvenLab {
  lab: string
  ok: boolean
  runs: ProvenRun[]
}

export function planRuns(folder: LabFolder, seeds: number[], times: number): PlannedRun[] {
  return seeds.flatMap((seed) =>
    Array.from({ length: times }, () => runsAt(folder, seed).map((run) => ({ ...run, folder, seed }))).flat(),
  )
}

/** Of whatever the variants of these seeds have not: the unfixed machine and the reference fix, on the first seed that has it. */
export function planCauses(folder: LabFolder, seeds: number[], times: number): PlannedRun[] {
  return planRuns(folder, seedsOfCauses(folder.lab, seeds), times).filter(
    ({ text, script }) => text === null || script === 'solve.sh',
  )
}

/** Causes go round within fewer seeds than that. */
const seedsTried = 64

function seedsOfCauses({ variant, causes = () => [] }: LabFolder['lab'], seeds: number[]): number[] {
  const seen = new Set(seeds.flatMap((seed) => causes(variant(seed))))
  return Array.from({ length: seedsTried }, (_, index) => index + 1).filter((seed) => {
    const further = causes(variant(seed)).filter((cause) => !seen.has(cause))
    for (const cause of further) seen.add(cause)
    return further.length > 0
  })
}

/** The runs of one lab and seed together, in their order: they begin on the same broken machine. */
export function byMachine(plans: PlannedRun[]): PlannedRun[][] {
  const groups = new Map<string, PlannedRun[]>()
  for (const plan of plans) {
    const key = `${plan.folder.lab.meta.id} ${plan.seed}`
    groups.set(key, [...(groups.get(key) ?? []), plan])
  }
  return [...groups.values()]
}

type ScriptRun = Pick<PlannedRun, 'script' | 'text' | 'answers' | 'expected'>

function runsAt(folder: LabFolder, seed: number): ScriptRun[] {
  const { solves, wrongs } = scriptsAt(folder, seed)
  return [
    untouched(folder),
    ...solves.map(({ name, script }) => ({
      script: name,
      text: script,
      answers: 'auto' as const,
      expected: { status: 'pass' as const },
    })),
    ...wrongs.map(({ name, script, fails }) => ({
      script: name,
      text: script,
      answers: 'auto' as const,
      expected: { status: 'fail' as const, criterion: fails },
    })),
  ]
}

/** Whoever mends nothing fails; where nothing is broken, whoever answers nothing. */
const untouched = ({ lab }: LabFolder): ScriptRun => ({
  script: lab.questions ? '(unanswered)' : '(unfixed)',
  text: null,
  answers: lab.questions ? null : 'auto',
  expected: { status: 'fail' },
})

/** Null: as expected. A script that ends with an error did not do what it is there to show, whatever the grader says. */
export function whyNot(expected: Expected, verdict: Verdict, fixExit: number): string | null {
  if (fixExit !== 0) return `the script ended with exit ${fixExit}`
  if (verdict.status !== expected.status) {
    const culprits = verdict.criteria.filter(({ status }) => status !== 'pass').map(({ id }) => id)
    return `expected ${expected.status}, got ${verdict.status}${culprits.length ? ` (${culprits.join(', ')})` : ''}`
  }
  if (expected.status === 'pass' && verdict.score < verdict.maxScore)
    return `passes with ${verdict.score} of ${verdict.maxScore} points only`
  if (!expected.criterion) return null
  const named = verdict.criteria.find(({ id }) => id === expected.criterion)
  if (!named) return `the lab has no criterion ${expected.criterion}`
  return named.status === 'fail' ? null : `fails, but ${expected.criterion} is ${named.status}`
}

/** What was found of each criterion that did not pass, on one line. */
export const findingsLine = ({ criteria }: Verdict): string =>
  criteria
    .filter(({ status }) => status !== 'pass')
    .map(({ id, status, feedback }) => `${id} ${status}: ${feedback}`)
    .join(' | ')

/** Null: the same machine, checked again without a change, is judged the same, criterion by criterion. */
export function whyOther(first: Verdict, again: Verdict): string | null {
  const other = again.criteria.find(({ status }, i) => status !== first.criteria[i]?.status)
  if (!other) return null
  const before = first.criteria.find(({ id }) => id === other.id)?.status
  return `${other.id} was ${before}, and ${other.status} when it was checked again: ${other.feedback}`
}
