/**
 * What a class did at its labs, worked out from its attempts: how long until somebody had the diagnosis, how many hints, which fixes were tried in vain,
 * and what most found hard. Pure; knows no database and no page.
 */
import type { CriterionResult, Verdict } from '../../grader/verdict.ts'
import { changesMachine } from '../../labs/changes.ts'
import type { Work } from '../../labs/work.ts'

/** One check that counts: it passed or failed. In the order of time. */
export interface Check {
  at: Date
  /** Of the machine that was checked: a reset begins anew. */
  generation: number
  verdict: Pick<Verdict, 'status' | 'score' | 'maxScore'> & {
    criteria: Pick<CriterionResult, 'kind' | 'title' | 'status'>[]
  }
  /** How many commands that change the machine it remembered then; null: it did not tell. */
  changes: number | null
}

/** All that one learner did at one lab on one machine. */
export interface Stretch {
  personId: string
  lab: string
  began: Date
  /** It was a fault on a machine of another lab. */
  injected: boolean
  checks: Check[]
}

/** One learner at one lab. Times in seconds from the beginning of the attempt in which it came about; null: it did not. */
export interface Row {
  personId: string
  lab: string
  began: Date
  injected: boolean
  checks: number
  diagnosedAfter: number | null
  passedAfter: number | null
  wrongFixes: number
  hints: number
  /** The best, 0 to 1; null before the first check. */
  share: number | null
}

export interface LabSummary {
  lab: string
  learners: number
  diagnosed: number
  passed: number
  /** Of those who have it. Null: nobody has. */
  medianDiagnosis: number | null
  medianPass: number | null
  wrongFixes: number
  hints: number
  /** What failed at most learners' first check, the most first; at most three. */
  hard: { title: string; learners: number }[]
}

export function rowsOf(stretches: Stretch[], hintsOf: (personId: string, lab: string) => number): Row[] {
  return grouped(stretches, ({ personId, lab }) => `${personId} ${lab}`).map((all) => {
    const [first] = all.toSorted((a, b) => a.began.getTime() - b.began.getTime()) as [Stretch, ...Stretch[]]
    const { personId, lab, began } = first
    return {
      personId,
      lab,
      began,
      injected: all.some(({ injected }) => injected),
      checks: all.reduce((sum, { checks }) => sum + checks.length, 0),
      diagnosedAfter: firstTime(all, isDiagnosed),
      passedAfter: firstTime(all, ({ verdict }) => verdict.status === 'pass'),
      wrongFixes: all.reduce((sum, { checks }) => sum + wrongFixes(checks), 0),
      hints: hintsOf(personId, lab),
      share: best(all.flatMap(({ checks }) => checks)),
    }
  })
}

/** The hardest lab first: fewest of its learners passed, then the longest way to the diagnosis. */
export function summariesOf(rows: Row[], stretches: Stretch[]): LabSummary[] {
  return grouped(rows, ({ lab }) => lab)
    .map((all): LabSummary => {
      const lab = all[0]?.lab ?? ''
      const diagnosed = present(all.map(({ diagnosedAfter }) => diagnosedAfter))
      const passed = present(all.map(({ passedAfter }) => passedAfter))
      return {
        lab,
        learners: all.length,
        diagnosed: diagnosed.length,
        passed: passed.length,
        medianDiagnosis: median(diagnosed),
        medianPass: median(passed),
        wrongFixes: all.reduce((sum, row) => sum + row.wrongFixes, 0),
        hints: all.reduce((sum, row) => sum + row.hints, 0),
        hard: hardest(stretches.filter((stretch) => stretch.lab === lab)),
      }
    })
    .sort(
      (a, b) =>
        a.passed / a.learners - b.passed / b.learners ||
        (b.medianDiagnosis ?? 0) - (a.medianDiagnosis ?? 0) ||
        a.lab.localeCompare(b.lab),
    )
}

/** Stage and counter were named and are right, and whatever else is asked of a diagnosis. */
function isDiagnosed({ verdict: { criteria, status } }: Check): boolean {
  const asked = criteria.filter(({ kind }) => kind === 'diagnosis')
  return asked.length === 0 ? status === 'pass' : asked.every((one) => one.status === 'pass')
}

/**
 * Checks that failed after something had been changed on the machine since the check before: a check of the diagnosis alone is no fix. Where the machine
 * did not tell what was typed, a failed check counts.
 */
function wrongFixes(checks: Check[]): number {
  let count = 0
  let before: Check | null = null
  for (const check of checks) {
    if (check.verdict.status === 'pass') break
    const known = before?.generation === check.generation ? (before.changes ?? 0) : 0
    if (check.changes === null || check.changes > known) count++
    before = check
  }
  return count
}

export const changesIn = (work: Work): number =>
  work.commands.filter(({ line }) => changesMachine(line)).length

function firstTime(stretches: Stretch[], isIt: (check: Check) => boolean): number | null {
  const times = stretches.flatMap(({ began, checks }) => {
    const found = checks.find(isIt)
    return found ? [{ at: found.at.getTime(), seconds: (found.at.getTime() - began.getTime()) / 1000 }] : []
  })
  const first = times.sort((a, b) => a.at - b.at)[0]
  return first ? Math.max(0, Math.round(first.seconds)) : null
}

function best(checks: Check[]): number | null {
  const shares = checks.map(({ verdict: { score, maxScore } }) => score / maxScore)
  return shares.length === 0 ? null : Math.max(...shares)
}

/** Of each learner's first check: later ones say more of those who check often. */
function hardest(stretches: Stretch[]): LabSummary['hard'] {
  const firsts = grouped(stretches, ({ personId }) => personId).flatMap((all) => {
    const checks = all.flatMap((one) => one.checks).sort((a, b) => a.at.getTime() - b.at.getTime())
    return checks.slice(0, 1)
  })
  const failed = new Map<string, number>()
  for (const { verdict } of firsts)
    for (const { title, status } of verdict.criteria)
      if (status === 'fail') failed.set(title, (failed.get(title) ?? 0) + 1)
  return [...failed]
    .map(([title, learners]) => ({ title, learners }))
    .sort((a, b) => b.learners - a.learners || a.title.localeCompare(b.title))
    .slice(0, 3)
}

export function median(values: number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [below = 0, above = 0] = [sorted[Math.max(0, middle - 1)], sorted[middle]]
  return sorted.length % 2 === 1 ? above : (below + above) / 2
}

function grouped<T>(all: T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

const present = (values: (number | null)[]): number[] => values.filter((value) => value !== null)
