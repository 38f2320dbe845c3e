/**
 * The report of a cohort and of one learner in it, read from what is stored: practice since they joined and the cohort's assignments, checks that
 * counted, hints, injected faults. Works nothing out (report.ts) and knows no page.
 */
import { z } from 'zod'
import { criterionResultSchema, verdictSchema } from '../../grader/verdict.ts'
import { workSchema } from '../../labs/work.ts'
import type { Database } from '../database.ts'
import { byteOrderMark, csvLine } from '../grades/csv.ts'
import { noSuchThing } from '../refusal.ts'
import { isId, requireCohort } from '../standing.ts'
import type { Person } from '../types.ts'
import {
  type Check,
  changesIn,
  type LabSummary,
  type Row,
  rowsOf,
  type Stretch,
  summariesOf,
} from './report.ts'

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

/** How much is read at once: a verdict comes with its evidence, and a cohort may have thousands of learners. */
const usualPages = { learners: 200, attempts: 100 }

export function reports(db: Database, pages = usualPages) {
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
    const people = new Map<string, Learner>()
    const stretches: Stretch[] = []
    const hints = new Map<string, number>()
    for await (const learners of pagesOf(cohortId, personId)) {
      for (const one of learners) people.set(one.id, one)
      const ids = learners.map(({ id }) => id)
      stretches.push(...(await stretchesIn(cohortId, ids, people)))
      await countHints(learners, hints)
    }
    const rows = rowsOf(stretches, (id, lab) => hints.get(hintKey(id, lab)) ?? 0)
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

  /** Those who learn in it now, or the one of them. */
  async function* pagesOf(cohortId: string, personId?: string): AsyncGenerator<Learner[]> {
    let after: string | undefined
    for (;;) {
      const rows = await db.enrollment.findMany({
        where: { cohortId, role: 'learner', AND: [{ personId }, { personId: { gt: after } }] },
        select: { createdAt: true, person: { select: { id: true, name: true, login: true } } },
        orderBy: { personId: 'asc' },
        take: pages.learners,
      })
      if (rows.length > 0) yield rows.map(({ person, createdAt: joinedAt }) => ({ ...person, joinedAt }))
      after = rows.at(-1)?.person.id
      if (rows.length < pages.learners) return
    }
  }

  async function stretchesIn(
    cohortId: string,
    ids: string[],
    people: ReadonlyMap<string, Learner>,
  ): Promise<Stretch[]> {
    const isHere = ({ assignmentId, personId, createdAt }: Worked): boolean =>
      assignmentId !== null || createdAt >= (people.get(personId)?.joinedAt ?? createdAt)
    const of = { OR: [{ assignmentId: null }, { assignment: { cohortId } }] }
    // What is closed and never began was no work: a start that failed, or an instructor's word where nothing was handed in.
    const began = { OR: [{ startedAt: { not: null } }, { endedAt: null }] }
    const where = { personId: { in: ids }, AND: [of, began] }
    const attempts = await db.attempt.findMany({ where, select: worked, orderBy: { id: 'asc' } })
    const stretches: Stretch[] = []
    for (let from = 0; from < attempts.length; from += pages.attempts) {
      const some = attempts.slice(from, from + pages.attempts).filter(isHere)
      const checks = await checksOf(some.map(({ id }) => id))
      stretches.push(...some.flatMap((one) => stretchesOf(one, checks.get(one.id) ?? [])))
    }
    return stretches.filter(({ lab }) => lab !== ungraded)
  }

  /** By attempt, in the order of time. */
  async function checksOf(attemptIds: string[]): Promise<Map<string, Check[]>> {
    const rows = await db.verdict.findMany({
      where: { attemptId: { in: attemptIds }, status: { in: ['pass', 'fail'] } },
      select: { attemptId: true, generation: true, createdAt: true, verdict: true, work: true },
      orderBy: { id: 'asc' },
    })
    const found = new Map<string, Check[]>()
    for (const { attemptId, generation, createdAt: at, verdict, work } of rows) {
      const told = workSchema.nullable().parse(work)
      const changes = told && changesIn(told)
      const check = { at, generation, verdict: judgedSchema.parse(verdict), changes }
      const checks = found.get(attemptId)
      if (checks) checks.push(check)
      else found.set(attemptId, [check])
    }
    return found
  }

  async function countHints(learners: Learner[], counts: Map<string, number>): Promise<void> {
    const by = await db.hintShown.groupBy({
      by: ['personId', 'lab'],
      where: { OR: learners.map(({ id: personId, joinedAt }) => ({ personId, shownAt: { gte: joinedAt } })) },
      _count: { number: true },
    })
    for (const { personId, lab, _count } of by) counts.set(hintKey(personId, lab), _count.number)
  }
}

interface Learner {
  id: string
  name: string
  login: string | null
  /** What they practised before is no work of this cohort. */
  joinedAt: Date
}

const hintKey = (personId: string, lab: string): string => `${personId} ${lab}`

/** There is nothing to diagnose in it. */
const ungraded = 'playground'

/**
 * All that is kept of a verdict: its evidence is what makes it large. It is read whole all the same, since PostgreSQL cannot reach into JSON that has
 * a NUL somewhere, and a learner's machine may have told one.
 */
const judgedSchema = verdictSchema
  .pick({ status: true, score: true, maxScore: true })
  .extend({ criteria: z.array(criterionResultSchema.pick({ kind: true, title: true, status: true })) })

const worked = {
  id: true,
  personId: true,
  lab: true,
  assignmentId: true,
  createdAt: true,
  startedAt: true,
  injections: {
    where: { state: 'done' as const },
    select: { fromLab: true, lab: true, at: true },
    orderBy: { id: 'asc' as const },
  },
}

interface Worked {
  personId: string
  lab: string
  assignmentId: string | null
  createdAt: Date
  startedAt: Date | null
  injections: readonly { fromLab: string; lab: string; at: Date }[]
}

/** An attempt is at one lab after the other when its machine was broken anew. */
function stretchesOf(
  { personId, lab, createdAt, startedAt, injections }: Worked,
  checks: readonly Check[],
): Stretch[] {
  const began = startedAt ?? createdAt
  const parts = [
    { lab: injections[0]?.fromLab ?? lab, began, injected: false },
    ...injections.map(({ lab: next, at }) => ({ lab: next, began: at, injected: true })),
  ]
  return parts.map((part, index) => {
    const until = parts[index + 1]?.began ?? null
    const own = checks.filter(({ at }) => (index === 0 || at >= part.began) && (until === null || at < until))
    return { personId, ...part, checks: own }
  })
}

const lineOf = (row: ReportRow): string =>
  csvLine([
    ...[row.personId, row.name, row.login, row.lab, row.began, row.injected ? 'yes' : 'no', row.checks],
    ...[row.diagnosedAfter, row.passedAfter, row.wrongFixes, row.hints, row.share],
  ])
