/**
 * Ways in for who is known here: the owner's link, login and password, the return code. Knows no cookie, no page and no limit to how often
 * somebody tries (app/_server/tries.ts).
 */
import { timingSafeEqual } from 'node:crypto'
import { type Database, isDuplicate } from './database.ts'
import { readLogin, readName, requireLogin, requireName } from './names.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { loginTaken, wrongCode, wrongLogin } from './refusal.ts'
import { hash, readCode } from './secrets.ts'
import { openSession, publicFields } from './sessions.ts'
import type { AccountView, Person, SignedIn } from './types.ts'

export function people(db: Database, ownerToken: string) {
  return {
    /** The owner's session for the right token, null for any other. The owner is created when first seen. */
    async signIn(token: string): Promise<SignedIn | null> {
      return sameText(token, ownerToken) ? openSession(db, await owner(db)) : null
    },

    /** Refused alike, and after the same time, whether the login or the password is wrong. */
    async signInByPassword(typed: string, password: string): Promise<SignedIn> {
      const login = readLogin(typed)
      const found = login === null ? null : await db.person.findUnique({ where: { login } })
      if (!(await verifyPassword(found?.passwordHash ?? null, password)) || !found) throw wrongLogin()
      return openSession(db, { id: found.id, name: found.name, role: found.role })
    },

    async signInByReturnCode(typed: string): Promise<SignedIn> {
      const code = readCode(typed, 16)
      const person =
        code && (await db.person.findUnique({ where: { returnHash: hash(code) }, select: publicFields }))
      if (!person) throw wrongCode()
      return openSession(db, person)
    },

    /**
     * Who an identity provider vouches for, by the two claims that never name anybody else. Somebody new becomes a learner; an account that is here
     * is never taken for theirs by an e-mail address, which anybody may have had before.
     */
    async signInByIdentity(identity: { issuer: string; subject: string; name: string }): Promise<SignedIn> {
      const { issuer, subject } = identity
      const find = () =>
        db.identity.findUnique({
          where: { issuer_subject: { issuer, subject } },
          select: { person: { select: publicFields } },
        })
      const found = await find()
      if (found) return openSession(db, found.person)
      const name = readName(identity.name) ?? 'Learner'
      const data = { name, role: 'learner' as const, identities: { create: { issuer, subject } } }
      const person = await db.person.create({ data, select: publicFields }).catch(async (error) => {
        // Two tabs came back at the same moment: the other one was first.
        const first = isDuplicate(error) ? await find() : null
        if (!first) throw error
        return first.person
      })
      return openSession(db, person)
    },

    async account(person: Person): Promise<AccountView> {
      const row = await db.person.findUniqueOrThrow({ where: { id: person.id } })
      return {
        id: row.id,
        name: row.name,
        role: row.role,
        login: row.login,
        hasPassword: row.passwordHash !== null,
        hasReturnCode: row.returnHash !== null,
        createdAt: row.createdAt.toISOString(),
      }
    },

    async rename(person: Person, typed: string): Promise<void> {
      await db.person.update({ where: { id: person.id }, data: { name: requireName(typed) } })
    },

    /** Ends all of their sessions and opens one: whoever else was in is out. Who has a password proves it first. */
    async setPassword(
      person: Person,
      typed: { login: string; password: string; current: string },
    ): Promise<SignedIn> {
      const row = await db.person.findUniqueOrThrow({ where: { id: person.id } })
      const login = requireLogin(typed.login)
      if (row.passwordHash !== null && !(await verifyPassword(row.passwordHash, typed.current)))
        throw wrongLogin()
      const passwordHash = await hashPassword(typed.password)
      return db
        .$transaction(async (tx) => {
          await tx.person.update({ where: { id: person.id }, data: { login, passwordHash } })
          await tx.session.deleteMany({ where: { personId: person.id } })
          return openSession(tx, person)
        })
        .catch((error) => {
          throw isDuplicate(error) ? loginTaken() : error
        })
    },
  }
}

async function owner(db: Database): Promise<Person> {
  const find = () => db.person.findFirst({ where: { role: 'owner' }, select: publicFields })
  const found = await find()
  if (found) return found
  try {
    return await db.person.create({ data: { name: 'Owner', role: 'owner' }, select: publicFields })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const first = await find()
    if (!first) throw error
    return first
  }
}

/** Compared as hashes: equally long, in constant time, and the length of the secret does not show. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hash(a)), Buffer.from(hash(b)))
}
