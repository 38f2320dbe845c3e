/**
 * Invitations: links that let one person in, once, within fourteen days. The link's token is handed out once and kept as SHA-256. Knows no page and
 * sends nothing: whoever made a link hands it over.
 */
import { note } from './audit.ts'
import { requireLiveCohort } from './cohorts.ts'
import type { Database, Transaction } from './database.ts'
import { noSuchThing } from './refusal.ts'
import { may } from './rights.ts'
import { hash, newToken } from './secrets.ts'
import { isId, requireCohort, standingInCohort } from './standing.ts'
import type { CohortRole, OpenInvitationView, Person } from './types.ts'

const invitationDays = 14

export interface InvitationLink {
  personId: string
  name: string
  login: string | null
  token: string
}

export function invitations(db: Database) {
  return {
    /** For somebody whom nobody knows yet. */
    async invite(person: Person, cohortId: string, role: CohortRole): Promise<string> {
      await requireLiveCohort(db, person, 'cohort.enroll', cohortId)
      return db.$transaction(async (tx) => {
        const token = await create(tx, person, { cohortId, personId: null, role })
        await note(tx, person, { action: 'invitation.made', cohortId, detail: { role } })
        return token
      })
    },

    /** A link for each of the roster who cannot come in yet; links made for them before are good no more. */
    async inviteAll(person: Person, cohortId: string): Promise<InvitationLink[]> {
      await requireLiveCohort(db, person, 'cohort.enroll', cohortId)
      // Thousands take a while, and a busy machine takes longer.
      const patience = { timeout: 60_000 }
      return db.$transaction(async (tx) => {
        const waiting = await tx.enrollment.findMany({
          where: { cohortId, role: 'learner', person: notReady },
          include: { person: { select: { name: true, login: true } } },
          orderBy: { person: { name: 'asc' } },
        })
        const links = waiting.map(({ personId, person: { name, login } }) => ({
          personId,
          name,
          login,
          token: newToken(),
        }))
        await withdrawAll(tx, { cohortId, personId: { in: links.map((link) => link.personId) } })
        await tx.invitation.createMany({
          data: links.map(({ personId, token }) =>
            rowOf(token, person, { cohortId, personId, role: 'learner' }),
          ),
        })
        const detail = { role: 'learner', count: links.length }
        await note(tx, person, { action: 'invitation.made', cohortId, detail })
        return links
      }, patience)
    },

    /**
     * A link with which somebody of the cohort sets a new password. Whoever uses it becomes them, so an instructor makes one only for who is a
     * learner and nothing more anywhere; the owner for anybody but themselves.
     */
    async resetPassword(person: Person, cohortId: string, subjectId: string): Promise<string> {
      await requireLiveCohort(db, person, 'cohort.people', cohortId)
      const role = await mayReset(db, person, cohortId, subjectId)
      if (role === null) throw noSuchThing()
      return db.$transaction(async (tx) => {
        await withdrawAll(tx, { personId: subjectId })
        const token = await create(tx, person, { cohortId, personId: subjectId, role })
        await note(tx, person, { action: 'password.reset', cohortId, subjectId })
        return token
      })
    },

    async openInvitations(person: Person, cohortId: string): Promise<OpenInvitationView[]> {
      await requireCohort(db, person, 'cohort.enroll', cohortId)
      const rows = await db.invitation.findMany({
        where: { cohortId, usedAt: null, expiresAt: { gt: new Date() } },
        orderBy: { createdAt: 'desc' },
      })
      const ids = rows.flatMap(({ personId }) => personId ?? [])
      const people = await db.person.findMany({
        where: { id: { in: ids } },
        select: { id: true, name: true },
      })
      return rows.map((row) => ({
        id: row.tokenHash,
        role: row.role,
        person: people.find(({ id }) => id === row.personId)?.name ?? null,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
      }))
    },

    async withdrawInvitation(person: Person, cohortId: string, id: string): Promise<void> {
      await requireCohort(db, person, 'cohort.enroll', cohortId)
      if (!/^[0-9a-f]{64}$/.test(id)) throw noSuchThing()
      await db.$transaction(async (tx) => {
        if ((await withdrawAll(tx, { cohortId, tokenHash: id })) === 0) throw noSuchThing()
        await note(tx, person, { action: 'invitation.withdrawn', cohortId })
      })
    },
  }
}

/** Nobody has ever come in as them, and they have no way to. */
export const notReady = {
  passwordHash: null,
  returnHash: null,
  identities: { none: {} },
  role: { not: 'owner' },
} as const

/** Their role in the cohort when this person may make a link for them, else null. */
export async function mayReset(
  db: Database,
  person: Person,
  cohortId: string,
  subjectId: string,
): Promise<CohortRole | null> {
  if (!isId(subjectId) || subjectId === person.id) return null
  const [standing, subject] = await Promise.all([
    standingInCohort(db, person, cohortId),
    db.person.findUnique({ where: { id: subjectId }, include: { enrollments: true } }),
  ])
  const here = subject?.enrollments.find((one) => one.cohortId === cohortId)
  if (!subject || !here || subject.role === 'owner') return null
  const staff = subject.role !== 'learner' || subject.enrollments.some(({ role }) => role !== 'learner')
  return may(person, staff ? 'password.reset-staff' : 'password.reset', standing) ? here.role : null
}

/**
 * Links that are still good are taken back. Also when somebody becomes more than a learner: a link made before would let an instructor become
 * them. And with the right of who made them: they would be a way back in, or into a learner's account.
 */
export async function withdrawAll(
  tx: Transaction,
  where: { cohortId?: string; tokenHash?: string; personId?: string | { in: string[] }; byId?: string },
): Promise<number> {
  const { count } = await tx.invitation.deleteMany({ where: { ...where, usedAt: null } })
  return count
}

type For = { cohortId: string; personId: string | null; role: CohortRole }

async function create(tx: Transaction, by: Person, whom: For): Promise<string> {
  const token = newToken()
  await tx.invitation.create({ data: rowOf(token, by, whom) })
  return token
}

const rowOf = (token: string, by: Person, whom: For) => ({
  ...whom,
  byId: by.id,
  tokenHash: hash(token),
  expiresAt: new Date(Date.now() + invitationDays * 86_400_000),
})
