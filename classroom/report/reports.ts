/**
 * The report of a cohort and of one learner in it, read from what is stored: attempts for practice and of the cohort's assignments, checks that counted,
 * hints, injected faults. Works nothing out (report.ts) and knows no page.
 */
import { verdictSchema } from '../../grader/verdict.ts'
import { workSchema } from '../../labs/work.ts'
import type { Database } from '../database.ts'
import { byteOrderMark, csvLine } from '../grades/csv.ts'
import { noSuchThing } from '../refusal.ts'
import { isId, requireCohort } from '../standing.ts'
import type { Person } from '../types.ts'
import { type LabSummary, type Row, rowsOf, type Stretch, summariesOf } from './report.ts'

export interface ReportRow extends Omit<Row, 'began'> {
  name: string
  login: string | null
  /** ISO 8601. */
  began: string
}

export interface CohortReport {
  labs: LabSummary[]
  /** By name, then in the order in which they were begun. */
  rows: ReportRow[]
}

export const reportColumns = [
  ...['person_id', 'name', 'login', 'lab', 'began', 'injected', 'checks', 'seconds_to_diagnosis'],
  ...['seconds_to_pass', 'wrong_fixes', 'hints', 'best_share'],
] as const

export function reports(db: Database) {
  return {
    async report(person: Person, cohortId: string): Promise<CohortReport> {
      await requireCohort(db, person, 'report.see', cohortId)
      return reportOf(cohortId)
    },

    /** Of one learner of the cohort. @throws Refusal for who is none */
    async learnerReport(
      person: Person,
      cohortId: string,
      learnerId: string,
    ): Promise<{ name: string; rows: ReportRow[] }> {
      await requireCohort(db, person, 'report.see', cohortId)
      const found = isId(learnerId)
        ? await db.enrollment.findFirst({
            where: { cohortId, personId: learnerId, role: 'learner' },
            select: { person: { select: { name: true } } },
          })
        : null
      if (!found) throw noSuchThing()
      return { name: found.person.name, rows: (await reportOf(cohortId, learnerId)).rows }
    },

    /** A line for each learner and lab. */
    async reportCsv(person: Person, cohortId: string): Promise<string> {
      const { rows } = await this.report(person, cohortId)
      return byteOrderMark + [csvLine(reportColumns), ...rows.map(lineOf)].join('')
    },
  }

  async function reportOf(cohortId: string, personId?: string): Promise<CohortReport> {
    const learners = await db.enrollment.findMany({
      where: { cohortId, role: 'learner', ...(personId && { personId }) },
      select: { person: { select: { id: true, name: true, login: true } } },
    })
    const people = new Map(learners.map(({ person }) => [person.id, person]))
    const [attempts, hints] = await Promise.all([
      db.attempt.findMany({ where: attemptsOf(cohortId, personId), select: worked }),
      db.hintShown.findMany({ where: { personId: { in: [...people.keys()] } } }),
    ])
    const stretches = attempts.flatMap(stretchesOf).filter(({ lab }) => lab !== ungraded)
    const shown = (id: string, lab: string) =>
      hints.filter((hint) => hint.personId === id && hint.lab === lab).length
    const rows = rowsOf(stretches, shown)
    return {
      labs: summariesOf(rows, stretches),
      rows: rows
        .flatMap((row) => {
          const person = people.get(row.personId)
          return person
            ? [{ ...row, name: person.name, login: person.login, began: row.began.toISOString() }]
            : []
        })
        .sort((a, b) => a.name.localeCompare(b.name) || a.began.localeCompare(b.began)),
    }
  }
}

/** There is nothing to diagnose in it. */
const ungraded = 'playground'

/** Of those who learn here now: for practice, and in this cohort's assignments. */
const attemptsOf = (cohortId: string, personId?: string) => ({
  ...(personId && { personId }),
  person: { enrollments: { some: { cohortId, role: 'learner' as const } } },
  OR: [{ assignmentId: null }, { assignment: { cohortId } }],
})

const worked = {
  personId: true,
  lab: true,
  createdAt: true,
  startedAt: true,
  injections: {
    where: { state: 'done' as const },
    select: { fromLab: true, lab: true, at: true },
    orderBy: { id: 'asc' as const },
  },
  verdicts: {
    where: { status: { in: ['pass' as const, 'fail' as const] } },
    select: { lab: true, generation: true, createdAt: true, verdict: true, work: true },
    orderBy: { id: 'asc' as const },
  },
}

interface Worked {
  personId: string
  lab: string
  createdAt: Date
  startedAt: Date | null
  injections: readonly { fromLab: string; lab: string; at: Date }[]
  verdicts: readonly { lab: string; generation: number; createdAt: Date; verdict: unknown; work: unknown }[]
}

/** An attempt is at one lab after the other when its machine was broken anew. */
function stretchesOf({ personId, lab, createdAt, startedAt, injections, verdicts }: Worked): Stretch[] {
  const began = startedAt ?? createdAt
  const parts = [
    { lab: injections[0]?.fromLab ?? lab, began, injected: false },
    ...injections.map(({ lab: next, at }) => ({ lab: next, began: at, injected: true })),
  ]
  return parts.map((part, index) => {
    const until = parts[index + 1]?.began ?? null
    const checks = verdicts
      .filter(({ createdAt: at }) => (index === 0 || at >= part.began) && (until === null || at < until))
      .map(({ createdAt: at, generation, verdict, work }) => ({
        at,
        generation,
        verdict: verdictSchema.parse(verdict),
        work: workSchema.nullable().parse(work),
      }))
    return { personId, ...part, checks }
  })
}

const lineOf = (row: ReportRow): string =>
  csvLine([
    ...[row.personId, row.name, row.login, row.lab, row.began, row.injected ? 'yes' : 'no', row.checks],
    ...[row.diagnosedAfter, row.passedAfter, row.wrongFixes, row.hints, row.share],
  ])
