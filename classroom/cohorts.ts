/**
 * Cohorts: opened, renamed, copied, taken out of the archive (archiving.ts puts them there), with a code by which people join. Each change is written into
 * the audit log in its own transaction. Knows of the people in a cohort only their number (enrollments.ts has them).
 */
import type { Cohort } from '../prisma/client/client.ts'
import { copyAssignments } from './assignments/copy.ts'
import { rewriteCohortGrades } from './assignments/grade-rows.ts'
import { type AuditAction, note } from './audit.ts'
import { type Database, patient, type Transaction } from './database.ts'
import { requireName } from './names.ts'
import { cohortArchived } from './refusal.ts'
import { type Action, may } from './rights.ts'
import { inGroups, newJoinCode } from './secrets.ts'
import { requireCohort, requireInHouse, standingInCohort } from './standing.ts'
import { requireTimeZone } from './time-zone.ts'
import type { CohortView, Person } from './types.ts'

export interface CohortInput {
  name: string
  timeZone: string
}

export function cohorts(db: Database) {
  return {
    /** Those that somebody is in, and all of them for the owner; the newest first, archived ones last. */
    async cohorts(person: Person): Promise<CohortView[]> {
      const all = may(person, 'cohort.see', 'none')
      const rows = await db.cohort.findMany({
        ...(!all && { where: { enrollments: { some: { personId: person.id } } } }),
        include: {
          enrollments: { where: { personId: person.id } },
          _count: { select: { enrollments: true } },
        },
        orderBy: { id: 'desc' },
      })
      const views = rows.map((row) =>
        viewOf(row, person, row.enrollments[0]?.role ?? 'none', row._count.enrollments),
      )
      return views.toSorted((a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null))
    },

    async cohort(person: Person, id: string): Promise<CohortView> {
      const row = await requireCohort(db, person, 'cohort.see', id)
      const [standing, people] = await Promise.all([
        standingInCohort(db, person, id),
        db.enrollment.count({ where: { cohortId: id } }),
      ])
      return viewOf(row, person, standing, people)
    },

    mayOpenCohorts: (person: Person): boolean => may(person, 'cohort.open', 'none'),

    /** Whoever opens it is its first instructor. */
    async openCohort(person: Person, input: CohortInput): Promise<string> {
      requireInHouse(person, 'cohort.open')
      const data = { name: requireName(input.name), timeZone: requireTimeZone(input.timeZone) }
      return db.$transaction((tx) => create(tx, person, data, {}))
    },

    /** With its pacing and its releases opened by none, and without its people. Dates stay as they were, to be moved. */
    async copyCohort(person: Person, id: string, name: string): Promise<string> {
      requireInHouse(person, 'cohort.open')
      const { timeZone, pacing, name: from } = await requireCohort(db, person, 'cohort.change', id)
      const data = { name: requireName(name), timeZone, pacing }
      return db.$transaction(async (tx) => {
        const copy = await create(tx, person, data, { copyOf: from })
        const releases = await tx.release.findMany({ where: { cohortId: id } })
        await tx.release.createMany({
          data: releases.map((release) => ({ ...release, cohortId: copy, openedAt: null })),
        })
        await copyAssignments(tx, id, copy)
        return copy
      })
    },

    /** Dates stay the moments that they are; days late are counted by the clocks of the new zone. */
    async changeCohort(person: Person, id: string, input: CohortInput): Promise<void> {
      const data = { name: requireName(input.name), timeZone: requireTimeZone(input.timeZone) }
      await change(person, id, 'cohort.changed', data, data)
    },

    async unarchiveCohort(person: Person, id: string): Promise<void> {
      await requireCohort(db, person, 'cohort.change', id)
      await db.$transaction(async (tx) => {
        const { count } = await tx.cohort.updateMany({
          where: { id, archivedAt: { not: null } },
          data: { archivedAt: null },
        })
        if (count > 0) await note(tx, person, { action: 'cohort.unarchived', cohortId: id })
      })
    },

    /** A new code; the one before lets nobody in any more. */
    async newCode(person: Person, id: string): Promise<string> {
      const joinCode = newJoinCode()
      await change(person, id, 'cohort.code', { joinCode }, { on: true })
      return inGroups(joinCode)
    },

    async dropCode(person: Person, id: string): Promise<void> {
      await change(person, id, 'cohort.code', { joinCode: null }, { on: false })
    },
  }

  async function change(
    person: Person,
    id: string,
    action: AuditAction,
    data: Partial<Pick<Cohort, 'name' | 'timeZone' | 'joinCode'>>,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await requireCohort(db, person, 'cohort.change', id)
    await db.$transaction(async (tx) => {
      const before = await lockLiveCohort(tx, id)
      await tx.cohort.update({ where: { id }, data })
      await note(tx, person, { action, cohortId: id, detail })
      if (data.timeZone && data.timeZone !== before.timeZone) await rewriteCohortGrades(tx, id)
    }, patient)
  }
}

/** The cohort, for who may do this in it, and only while it is not archived. */
export async function requireLiveCohort(
  db: Database,
  person: Person,
  action: Action,
  id: string,
): Promise<Cohort> {
  const cohort = await requireCohort(db, person, action, id)
  if (cohort.archivedAt !== null) throw cohortArchived()
  return cohort
}

/** Whoever changes it, too, waits and finds what was changed. */
async function lockLiveCohort(tx: Transaction, id: string): Promise<{ timeZone: string }> {
  const [cohort] = await tx.$queryRaw<{ timeZone: string; archivedAt: Date | null }[]>`
    SELECT "timeZone", "archivedAt" FROM "Cohort" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`
  if (cohort?.archivedAt !== null) throw cohortArchived()
  return cohort
}

/** What begins in it while somebody archives it comes before, and ends with it, or is refused. */
export async function holdLiveCohort(tx: Transaction, id: string): Promise<void> {
  const [cohort] = await tx.$queryRaw<{ archivedAt: Date | null }[]>`
    SELECT "archivedAt" FROM "Cohort" WHERE "id" = ${id}::uuid FOR SHARE`
  if (cohort?.archivedAt !== null) throw cohortArchived()
}

async function create(
  tx: Transaction,
  person: Person,
  data: Pick<Cohort, 'name' | 'timeZone'> & Partial<Pick<Cohort, 'pacing'>>,
  detail: Record<string, unknown>,
): Promise<string> {
  const { id } = await tx.cohort.create({ data })
  await tx.enrollment.create({ data: { cohortId: id, personId: person.id, role: 'instructor' } })
  await note(tx, person, { action: 'cohort.opened', cohortId: id, detail: { name: data.name, ...detail } })
  return id
}

function viewOf(row: Cohort, person: Person, standing: CohortView['role'], people: number): CohortView {
  const can = (action: Action) => may(person, action, standing)
  return {
    id: row.id,
    name: row.name,
    timeZone: row.timeZone,
    pacing: row.pacing,
    role: standing,
    createdAt: row.createdAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    people: can('cohort.people') ? people : null,
    joinCode: can('cohort.change') && row.joinCode ? inGroups(row.joinCode) : null,
    may: {
      look: can('learner.look'),
      inject: can('fault.inject'),
      report: can('report.see'),
      people: can('cohort.people'),
      change: can('cohort.change'),
      enroll: can('cohort.enroll'),
      release: can('cohort.release'),
      audit: can('cohort.audit'),
      room: can('room.see'),
      lead: can('room.lead'),
      assign: can('assignment.change'),
      grades: can('grade.see'),
      grade: can('grade.change'),
    },
  }
}
