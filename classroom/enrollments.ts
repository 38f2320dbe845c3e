/**
 * Who is in a cohort, and as what: looked at, added by hand, given another role, removed. Knows no roster (roster.ts) and no link (invitations.ts).
 */
import type { SandboxClient } from '../sandbox/client.ts'
import { note } from './audit.ts'
import { requireLiveCohort } from './cohorts.ts'
import { type Database, isDuplicate, type Transaction } from './database.ts'
import { notReady, withdrawAll } from './invitations.ts'
import { dismissGuests } from './looking/dismissal.ts'
import { requireLogin, requireName } from './names.ts'
import { badInput, lastInstructor, loginTaken, noSuchThing } from './refusal.ts'
import { may } from './rights.ts'
import { isId, requireCohort, requireInHouse, standingInCohort } from './standing.ts'
import type { CohortRole, MemberView, Person, Role } from './types.ts'

export function enrollments(db: Database, sandboxes: SandboxClient) {
  return {
    /** Instructors first, then by name. */
    async members(person: Person, cohortId: string): Promise<MemberView[]> {
      await requireCohort(db, person, 'cohort.people', cohortId)
      const [standing, rows, invitations] = await Promise.all([
        standingInCohort(db, person, cohortId),
        db.enrollment.findMany({
          where: { cohortId },
          include: { person: { include: { enrollments: { select: { role: true } }, identities: true } } },
        }),
        db.invitation.findMany({ where: { cohortId, usedAt: null, expiresAt: { gt: new Date() } } }),
      ])
      return rows.toSorted(asListed).map(({ role, createdAt, person: of }) => {
        const staff = of.role !== 'learner' || of.enrollments.some((one) => one.role !== 'learner')
        const reset = may(person, staff ? 'password.reset-staff' : 'password.reset', standing)
        const hasWay = of.passwordHash !== null || of.returnHash !== null || of.identities.length > 0
        return {
          id: of.id,
          name: of.name,
          login: of.login,
          role,
          joinedAt: createdAt.toISOString(),
          ready: hasWay || of.role === 'owner',
          invitedUntil:
            invitations.find(({ personId }) => personId === of.id)?.expiresAt.toISOString() ?? null,
          mayReset: reset && of.id !== person.id && of.role !== 'owner',
        }
      })
    },

    /** Somebody new: they come in with an invitation. Who is known under this login is not added behind their back: they join by code. */
    async addPerson(
      person: Person,
      cohortId: string,
      typed: { name: string; login: string },
    ): Promise<string> {
      await requireLiveCohort(db, person, 'cohort.enroll', cohortId)
      const name = requireName(typed.name)
      const login = typed.login === '' ? null : requireLogin(typed.login)
      return db
        .$transaction(async (tx) => {
          const { id } = await tx.person.create({ data: { name, login, role: 'learner' } })
          await tx.enrollment.create({ data: { cohortId, personId: id, role: 'learner' } })
          await note(tx, person, { action: 'person.added', cohortId, subjectId: id })
          return id
        })
        .catch((error) => {
          throw isDuplicate(error) ? loginTaken() : error
        })
    },

    async changeRole(person: Person, cohortId: string, subjectId: string, role: CohortRole): Promise<void> {
      await requireLiveCohort(db, person, 'cohort.enroll', cohortId)
      if (!isId(subjectId)) throw noSuchThing()
      const lost = await db.$transaction(async (tx) => {
        await lockCohort(tx, cohortId)
        const where = { cohortId_personId: { cohortId, personId: subjectId } }
        const before = await tx.enrollment.findUnique({ where, include: { person: true } })
        if (!before) throw noSuchThing()
        if (before.role === role) return false
        await tx.enrollment.update({ where, data: { role } })
        if (role !== 'learner') await withdrawAll(tx, { personId: subjectId })
        if (before.role === 'instructor') await instructorLost(tx, before)
        const detail = { from: before.role, to: role }
        await note(tx, person, { action: 'person.role', cohortId, subjectId, detail })
        return role === 'learner'
      })
      if (lost) await dismissGuests(sandboxes, { person: subjectId, cohort: cohortId })
    },

    /** Their work stays theirs; who was only entered here and has never come in is gone with it. */
    async removePerson(person: Person, cohortId: string, subjectId: string): Promise<void> {
      await requireLiveCohort(db, person, 'cohort.enroll', cohortId)
      if (!isId(subjectId)) throw noSuchThing()
      await db.$transaction(async (tx) => {
        await lockCohort(tx, cohortId)
        const where = { cohortId_personId: { cohortId, personId: subjectId } }
        const before = await tx.enrollment.findUnique({ where, include: { person: true } })
        if (!before) throw noSuchThing()
        await tx.enrollment.delete({ where })
        await withdrawAll(tx, { cohortId, personId: subjectId })
        if (before.role === 'instructor') await instructorLost(tx, before)
        await note(tx, person, { action: 'person.removed', cohortId, subjectId })
        await tx.person.deleteMany({
          where: {
            ...notReady,
            id: subjectId,
            role: 'learner',
            enrollments: { none: {} },
            sessions: { none: {} },
            attempts: { none: {} },
          },
        })
      })
      await dismissGuests(sandboxes, { person: subjectId, cohort: cohortId })
    },

    /** Everybody in the house, for its owner. */
    async housePeople(person: Person): Promise<(Person & { login: string | null; cohorts: number })[]> {
      requireInHouse(person, 'house.people')
      const rows = await db.person.findMany({
        include: { _count: { select: { enrollments: true } } },
        orderBy: [{ role: 'asc' }, { name: 'asc' }],
      })
      return rows.map(({ id, name, role, login, _count }) => ({
        id,
        name,
        role,
        login,
        cohorts: _count.enrollments,
      }))
    },

    /** Who may open cohorts. There is one owner, and nobody is made one. */
    async appoint(person: Person, subjectId: string, role: Exclude<Role, 'owner'>): Promise<void> {
      requireInHouse(person, 'house.people')
      if (!isId(subjectId)) throw noSuchThing()
      await db.$transaction(async (tx) => {
        const { count } = await tx.person.updateMany({
          where: { id: subjectId, role: { not: 'owner' } },
          data: { role },
        })
        if (count === 0) throw noSuchThing()
        if (role !== 'learner') await withdrawAll(tx, { personId: subjectId })
        await note(tx, person, { action: 'person.appointed', subjectId, detail: { to: role } })
      })
    },
  }
}

interface Listed {
  role: CohortRole
  person: { name: string }
}

const order: CohortRole[] = ['instructor', 'assistant', 'learner']
/** `Learner 2` before `Learner 10`. */
const { compare } = new Intl.Collator('en', { numeric: true })

const asListed = (a: Listed, b: Listed): number =>
  order.indexOf(a.role) - order.indexOf(b.role) || compare(a.person.name, b.person.name)

/** Two instructors who remove each other at the same moment come one after the other. */
async function lockCohort(tx: Transaction, cohortId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Cohort" WHERE "id" = ${cohortId}::uuid FOR UPDATE`
}

/** Somebody is no instructor any more: there is another one, and links that they made let nobody in. The owner of the house may make them anyway. */
async function instructorLost(
  tx: Transaction,
  { cohortId, personId, person }: { cohortId: string; personId: string; person: { role: Role } },
): Promise<void> {
  await requireAnInstructor(tx, cohortId)
  if (person.role !== 'owner') await withdrawAll(tx, { cohortId, byId: personId })
}

async function requireAnInstructor(tx: Transaction, cohortId: string): Promise<void> {
  if ((await tx.enrollment.count({ where: { cohortId, role: 'instructor' } })) === 0) throw lastInstructor()
}

export function readCohortRole(typed: string): CohortRole {
  if (typed === 'instructor' || typed === 'assistant' || typed === 'learner') return typed
  throw badInput('bad-role', 'That is no role in a cohort. Nothing was changed.', 'Choose one of the list.')
}
