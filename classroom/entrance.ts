/**
 * Ways in for who is new: by the code of a cohort, by an invitation. Each makes a person, puts them into the cohort and opens their session in
 * one transaction; somebody who is signed in already just joins. Knows no cookie and no page.
 */
import { type Database, isDuplicate, type Transaction } from './database.ts'
import { withdrawAll } from './invitations.ts'
import { requireLogin, requireName } from './names.ts'
import { hashPassword } from './passwords.ts'
import { loginTaken, spentInvitation, wrongCode } from './refusal.ts'
import { hash, inGroups, newReturnCode, readCode } from './secrets.ts'
import { openSession, publicFields } from './sessions.ts'
import type { CohortRole, InvitationView, Person, SignedIn } from './types.ts'

export interface Joined {
  cohort: string
  /** Null for who was signed in before. */
  signedIn: SignedIn | null
  /** Shown once and kept nowhere. Null for who has another way back. */
  returnCode: string | null
}

export function entrance(db: Database) {
  return {
    /** The name of the cohort that a code opens, before anybody joins it. */
    async cohortOfCode(typed: string): Promise<string> {
      return (await cohortByCode(typed)).name
    },

    async join(typed: string, who: Person | { name: string }): Promise<Joined> {
      const cohort = await cohortByCode(typed)
      if ('id' in who) {
        await enroll(db, cohort.id, who.id, 'learner')
        return { cohort: cohort.id, signedIn: null, returnCode: null }
      }
      const name = requireName(who.name)
      return db.$transaction((tx) => joinAsNew(tx, cohort.id, 'learner', name))
    },

    async invitation(token: string): Promise<InvitationView> {
      const found = await invitationOf(db, token)
      const person =
        found.personId &&
        (await db.person.findUnique({ where: { id: found.personId }, select: { name: true, login: true } }))
      return { cohort: found.cohort.name, role: found.role, person: person || null }
    },

    /** Somebody whom the roster knows sets login and password; every session that they had is ended. */
    async acceptWithPassword(token: string, typed: { login: string; password: string }): Promise<Joined> {
      const login = requireLogin(typed.login)
      const { personId } = await invitationOf(db, token)
      if (personId === null) throw spentInvitation()
      const passwordHash = await hashPassword(typed.password)
      return db
        .$transaction(async (tx) => {
          const invited = await spend(tx, token)
          // A forgotten return code is as forgotten as a password: it ends with it.
          const data = { login, passwordHash, returnHash: null }
          const person = await tx.person.update({ where: { id: personId }, data, select: publicFields })
          await tx.session.deleteMany({ where: { personId } })
          await enroll(tx, invited.cohortId, personId, invited.role)
          const signedIn = await openSession(tx, person)
          return { cohort: invited.cohortId, signedIn, returnCode: null }
        })
        .catch((error) => {
          throw isDuplicate(error) ? loginTaken() : error
        })
    },

    /** Somebody whom nobody knows yet, or who is signed in. */
    async acceptByJoining(token: string, who: Person | { name: string }): Promise<Joined> {
      const { personId } = await invitationOf(db, token)
      if (personId !== null) throw spentInvitation()
      const name = 'id' in who ? '' : requireName(who.name)
      return db.$transaction(async (tx) => {
        const { cohortId, role } = await spend(tx, token)
        if (!('id' in who)) return joinAsNew(tx, cohortId, role, name)
        await enroll(tx, cohortId, who.id, role)
        return { cohort: cohortId, signedIn: null, returnCode: null }
      })
    },
  }

  async function cohortByCode(typed: string) {
    const joinCode = readCode(typed, 12)
    const found = joinCode && (await db.cohort.findUnique({ where: { joinCode, archivedAt: null } }))
    if (!found) throw wrongCode()
    return found
  }
}

async function joinAsNew(tx: Transaction, cohortId: string, role: CohortRole, name: string): Promise<Joined> {
  const returnCode = newReturnCode()
  const data = { name, role: 'learner' as const, returnHash: hash(returnCode) }
  const person = await tx.person.create({ data, select: publicFields })
  await enroll(tx, cohortId, person.id, role)
  return { cohort: cohortId, signedIn: await openSession(tx, person), returnCode: inGroups(returnCode) }
}

/** Who is in it already keeps the role that they have: a learner's code must not make a learner of an instructor. */
async function enroll(
  db: Database | Transaction,
  cohortId: string,
  personId: string,
  role: CohortRole,
): Promise<void> {
  if (role !== 'learner') await withdrawAll(db, { personId })
  await db.enrollment.createMany({ data: [{ cohortId, personId, role }], skipDuplicates: true })
}

const goodInvitation = (token: string) => ({
  tokenHash: hash(token),
  usedAt: null,
  expiresAt: { gt: new Date() },
  cohort: { archivedAt: null },
})

async function invitationOf(db: Database, token: string) {
  const found = await db.invitation.findFirst({
    where: goodInvitation(token),
    include: { cohort: { select: { name: true } } },
  })
  if (!found) throw spentInvitation()
  return found
}

/** Compare and set: of two who use one link at the same moment, one comes in. */
async function spend(tx: Transaction, token: string) {
  const { count } = await tx.invitation.updateMany({
    where: goodInvitation(token),
    data: { usedAt: new Date() },
  })
  if (count === 0) throw spentInvitation()
  return tx.invitation.findUniqueOrThrow({ where: { tokenHash: hash(token) } })
}
