/**
 * What people did with rights over others: written in the transaction of the deed, read by the instructors of the cohort and by the owner.
 * Knows no words for it: the page has them.
 */
import { type Database, json, type Transaction } from './database.ts'
import { isId, requireCohort, requireInHouse } from './standing.ts'
import type { Person } from './types.ts'

/** One deed for each value; the page has a sentence for each. */
export const auditActions = [
  'cohort.opened',
  'cohort.changed',
  'cohort.archived',
  'cohort.unarchived',
  'cohort.code',
  'person.added',
  'person.role',
  'person.removed',
  'person.appointed',
  'roster.applied',
  'invitation.made',
  'invitation.withdrawn',
  'password.reset',
  'release.changed',
  'assignment.made',
  'assignment.changed',
  'assignment.published',
  'assignment.deleted',
  'extension.given',
  'extension.taken',
  'grade.overridden',
  'grades.judged',
  'room.opened',
  'room.closed',
  'room.brought',
  'room.told',
  'room.timer',
  'room.revealed',
  'room.hand',
  'seats.reserved',
  'seats.cancelled',
  'look.began',
  'look.ended',
  'help.asked',
  'help.given',
  'help.refused',
  'help.ended',
  'screen.shown',
  'screen.ended',
  'fault.injected',
] as const
export type AuditAction = (typeof auditActions)[number]

export interface Deed {
  action: AuditAction
  cohortId?: string
  subjectId?: string
  detail?: Record<string, unknown>
}

export interface AuditView {
  id: string
  /** ISO 8601. */
  at: string
  action: AuditAction | string
  /** Null: somebody who has been deleted. */
  actor: string | null
  subject: string | null
  cohort: { id: string; name: string } | null
  detail: Record<string, unknown>
}

export const auditPageSize = 100

export async function note(tx: Transaction, actor: Person, deed: Deed): Promise<void> {
  const { action, cohortId = null, subjectId = null, detail = {} } = deed
  await tx.auditEntry.create({
    data: { actorId: actor.id, action, cohortId, subjectId, detail: json(detail) as object },
  })
}

export function audit(db: Database) {
  return {
    /** The newest first, a page at a time. @param before the id of the last entry seen */
    async auditOfCohort(person: Person, cohortId: string, before?: string): Promise<AuditView[]> {
      await requireCohort(db, person, 'cohort.audit', cohortId)
      return entries({ cohortId }, before)
    },

    async auditOfHouse(person: Person, before?: string): Promise<AuditView[]> {
      requireInHouse(person, 'house.people')
      return entries({}, before)
    },
  }

  async function entries(where: { cohortId?: string }, before?: string): Promise<AuditView[]> {
    const rows = await db.auditEntry.findMany({
      where: { ...where, ...(before && isId(before) && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: auditPageSize,
    })
    const [names, cohorts] = await Promise.all([
      namesOf(rows.flatMap(({ actorId, subjectId }) => [actorId, subjectId])),
      db.cohort.findMany({
        where: { id: { in: present(rows.map(({ cohortId }) => cohortId)) } },
        select: { id: true, name: true },
      }),
    ])
    return rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      action: row.action,
      actor: names.get(row.actorId ?? '') ?? null,
      subject: names.get(row.subjectId ?? '') ?? null,
      cohort: cohorts.find(({ id }) => id === row.cohortId) ?? null,
      detail: row.detail as Record<string, unknown>,
    }))
  }

  async function namesOf(ids: (string | null)[]): Promise<Map<string, string>> {
    const found = await db.person.findMany({
      where: { id: { in: present(ids) } },
      select: { id: true, name: true },
    })
    return new Map(found.map(({ id, name }) => [id, name]))
  }
}

const present = (ids: (string | null)[]): string[] => ids.filter((id) => id !== null)
