/**
 * The gradebook: the learners of a cohort by its published assignments, a page at a time, and all of it as CSV. Reads the stored grades and computes
 * nothing but totals; knows no page.
 */
import { Prisma } from '../../prisma/client/client.ts'
import type { GradeState } from '../../prisma/client/enums.ts'
import type { Database } from '../database.ts'
import { byteOrderMark, csvLine } from '../grades/csv.ts'
import { badInput } from '../refusal.ts'
import { isId, requireCohort } from '../standing.ts'
import type { Person } from '../types.ts'
import { type Part, type Total, totalOf } from './total.ts'

export const gradebookStates = ['not_started', 'running', 'submitted', 'late', 'excused', 'error'] as const
export type GradebookState = (typeof gradebookStates)[number]

export interface GradebookFilter {
  /** Learners with at least one lab in this state. */
  state?: GradebookState
  /** In this assignment alone. */
  assignment?: string
  /** A part of the name, or of the name they sign in with. */
  name?: string
}

export interface GradebookColumn {
  id: string
  title: string
  /** ISO 8601. */
  dueAt: string | null
  labs: { lab: string; weight: number }[]
}

export interface GradebookCell {
  lab: string
  state: GradebookState
  share: number | null
  attempts: number
  /** The submission that counts: its dispute view. */
  submission: string | null
  overridden: boolean
}

export interface GradebookRow {
  person: { id: string; name: string; login: string | null }
  /** In the order of the columns. */
  assignments: { total: Total; cells: GradebookCell[] }[]
}

export interface GradebookPage {
  columns: GradebookColumn[]
  rows: GradebookRow[]
  /** Learners that the filter leaves, on all pages. */
  count: number
  /** Null: this is the last page. */
  next: string | null
}

export const gradebookPageSize = 100
/** The CSV is read in larger steps: nobody waits for the first row. */
const csvPageSize = 500

export const csvColumns = [
  ...['person_id', 'name', 'login', 'assignment_id', 'assignment', 'lab', 'weight'],
  ...['state', 'share', 'attempts', 'overridden', 'assignment_total'],
] as const

export function gradebook(db: Database) {
  return {
    /** @param from `next` of the page before, or how many learners come before, for a table that is scrolled to anywhere */
    async gradebook(
      person: Person,
      cohortId: string,
      filter: GradebookFilter = {},
      from?: string | number,
    ): Promise<GradebookPage> {
      await requireCohort(db, person, 'grade.see', cohortId)
      const columns = await columnsOf(cohortId)
      const which = condition(cohortId, columns, filter)
      const [page, count] = await Promise.all([
        pageOf(columns, which, typeof from === 'number' ? from : readCursor(from), gradebookPageSize),
        db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM ${which}`,
      ])
      return { columns, ...page, count: count[0]?.count ?? 0 }
    },

    /** Line by line: one for each learner, assignment and lab, so that the columns are the same whatever the assignments are. */
    async gradebookCsv(person: Person, cohortId: string): Promise<AsyncGenerator<string>> {
      await requireCohort(db, person, 'grade.see', cohortId)
      return csv(cohortId)
    },
  }

  async function* csv(cohortId: string): AsyncGenerator<string> {
    yield byteOrderMark + csvLine(csvColumns)
    const columns = await columnsOf(cohortId)
    const which = condition(cohortId, columns, {})
    for (let cursor: Cursor | null = null; ; ) {
      const { rows, next } = await pageOf(columns, which, cursor, csvPageSize)
      yield rows.flatMap((row) => linesOf(row, columns)).join('')
      if (next === null) return
      cursor = readCursor(next)
    }
  }

  async function columnsOf(cohortId: string): Promise<GradebookColumn[]> {
    const rows = await db.assignment.findMany({
      where: { cohortId, publishedAt: { not: null } },
      select: {
        id: true,
        title: true,
        dueAt: true,
        labs: { orderBy: { position: 'asc' }, select: { lab: true, weight: true } },
      },
      orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    })
    return rows.map((row) => ({ ...row, dueAt: row.dueAt?.toISOString() ?? null }))
  }

  async function pageOf(
    columns: GradebookColumn[],
    which: Prisma.Sql,
    begin: Cursor | number | null,
    size: number,
  ) {
    const from =
      begin !== null && typeof begin === 'object'
        ? Prisma.sql`AND (p."name", p."id") > (${begin.name}, ${begin.id}::uuid)`
        : Prisma.empty
    const skipped = typeof begin === 'number' ? begin : 0
    const people = await db.$queryRaw<GradebookRow['person'][]>`
      SELECT p."id", p."name", p."login" FROM ${which} ${from} ORDER BY p."name", p."id" LIMIT ${size + 1} OFFSET ${skipped}`
    const shown = people.slice(0, size)
    const grades = await db.$queryRaw<StoredGrade[]>`
      SELECT "assignmentId", "personId", "lab", "state"::text AS "state", "share", "attempts", "submissionId", "overridden" FROM "Grade"
      WHERE "assignmentId" = ANY(${columns.map(({ id }) => id)}::uuid[]) AND "personId" = ANY(${shown.map(({ id }) => id)}::uuid[])`
    const stored = new Map(grades.map((one) => [keyOf(one.personId, one.assignmentId, one.lab), one]))
    const last = people.length > size ? shown.at(-1) : null
    return {
      rows: shown.map((person) => rowOf(person, columns, stored)),
      next: last ? writeCursor(last) : null,
    }
  }
}

interface StoredGrade {
  assignmentId: string
  personId: string
  lab: string
  state: GradeState
  share: number | null
  attempts: number
  submissionId: string | null
  overridden: boolean
}

/** Everything after FROM but the cursor: the learners whom the filter leaves. */
function condition(
  cohortId: string,
  columns: GradebookColumn[],
  { state, assignment, name }: GradebookFilter,
): Prisma.Sql {
  const chosen = assignment === undefined ? columns : columns.filter(({ id }) => id === assignment)
  const ids = Prisma.sql`ANY(${chosen.map(({ id }) => id)}::uuid[])`
  const graded = Prisma.sql`FROM "Grade" g WHERE g."personId" = p."id" AND g."assignmentId" = ${ids}`
  const labs = chosen.reduce((sum, column) => sum + column.labs.length, 0)
  const inState =
    state === undefined
      ? Prisma.empty
      : state === 'not_started'
        ? Prisma.sql`AND (SELECT count(*) ${graded}) < ${labs}`
        : Prisma.sql`AND EXISTS (SELECT 1 ${graded} AND g."state" = ${state}::"GradeState")`
  const part = `%${escaped((name ?? '').trim().slice(0, 200))}%`
  const named =
    part === '%%' ? Prisma.empty : Prisma.sql`AND (p."name" ILIKE ${part} OR p."login" ILIKE ${part})`
  return Prisma.sql`"Enrollment" e JOIN "Person" p ON p."id" = e."personId"
    WHERE e."cohortId" = ${cohortId}::uuid AND e."role" = 'learner' ${inState} ${named}`
}

const escaped = (text: string): string =>
  text.replaceAll('\0', '').replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

const keyOf = (person: string, assignment: string, lab: string): string => `${person} ${assignment} ${lab}`

function rowOf(
  person: GradebookRow['person'],
  columns: GradebookColumn[],
  stored: Map<string, StoredGrade>,
): GradebookRow {
  const assignments = columns.map(({ id, labs }) => {
    const found = labs.map(({ lab, weight }) => ({
      lab,
      weight,
      grade: stored.get(keyOf(person.id, id, lab)),
    }))
    const parts: Part[] = found.map(({ weight, grade }) => ({
      weight,
      state: grade?.state ?? null,
      share: grade?.share ?? null,
    }))
    return { total: totalOf(parts), cells: found.map(({ lab, grade }) => cellOf(lab, grade)) }
  })
  return { person, assignments }
}

const cellOf = (lab: string, grade: StoredGrade | undefined): GradebookCell => ({
  lab,
  state: grade?.state ?? 'not_started',
  share: grade?.share ?? null,
  attempts: grade?.attempts ?? 0,
  submission: grade?.submissionId ?? null,
  overridden: grade?.overridden ?? false,
})

function linesOf({ person, assignments }: GradebookRow, columns: GradebookColumn[]): string[] {
  return columns.flatMap(({ id, title, labs }, i) => {
    const { cells = [], total = null } = assignments[i] ?? {}
    return cells.map((cell, j) =>
      csvLine([
        ...[person.id, person.name, person.login, id, title, cell.lab, labs[j]?.weight ?? null],
        ...[
          cell.state,
          cell.share,
          cell.attempts,
          cell.overridden ? 'yes' : 'no',
          typeof total === 'number' ? tidy(total) : total,
        ],
      ]),
    )
  })
}

const tidy = (share: number): number => Math.round(share * 1e6) / 1e6

interface Cursor {
  name: string
  id: string
}

const writeCursor = ({ name, id }: Cursor): string =>
  Buffer.from(JSON.stringify([name, id])).toString('base64url')

/** It comes back from a browser: whatever it says, it only chooses where a page begins. */
function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null
  try {
    const [name, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof name === 'string' && !name.includes('\0') && typeof id === 'string' && isId(id))
      return { name, id }
  } catch {
    // Refused below, as anything else that is no cursor.
  }
  throw badInput(
    'bad-cursor',
    'There is no such page of the gradebook.',
    'Open the gradebook from its beginning.',
  )
}
