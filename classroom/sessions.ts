/**
 * Sessions: a browser that is signed in. Knows no cookie and no way to sign in; a session is an opaque text.
 */
import type { Database, Transaction } from './database.ts'
import { noSuchThing } from './refusal.ts'
import { may } from './rights.ts'
import { hash, newToken } from './secrets.ts'
import { standingToOwned } from './standing.ts'
import type { Person, SessionView, SignedIn } from './types.ts'

const sessionDays = 30

export const publicFields = { id: true, name: true, role: true } as const

export async function openSession(db: Database | Transaction, person: Person): Promise<SignedIn> {
  const session = newToken()
  const expiresAt = new Date(Date.now() + sessionDays * 86_400_000)
  await db.session.deleteMany({ where: { expiresAt: { lt: new Date() } } })
  await db.session.create({ data: { tokenHash: hash(session), personId: person.id, expiresAt } })
  return { session, expiresAt: expiresAt.toISOString(), person }
}

export function sessions(db: Database) {
  return {
    async personOf(session: string | undefined): Promise<Person | null> {
      if (!session) return null
      // Asked of the person it is one statement; a session with its person would be two, one after the other, on every page.
      const alive = { tokenHash: hash(session), expiresAt: { gt: new Date() } }
      return db.person.findFirst({ where: { sessions: { some: alive } }, select: publicFields })
    },

    async signOut(session: string): Promise<void> {
      await db.session.deleteMany({ where: { tokenHash: hash(session) } })
    },

    /** Theirs, the newest first. @param current the one that asks */
    async sessions(person: Person, current: string): Promise<SessionView[]> {
      const rows = await db.session.findMany({
        where: { personId: person.id, expiresAt: { gt: new Date() } },
        orderBy: { createdAt: 'desc' },
      })
      return rows.map(({ tokenHash, createdAt, expiresAt }) => ({
        id: tokenHash,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        current: tokenHash === hash(current),
      }))
    },

    /** @param id as `sessions` gives it: a hash, with which nobody signs in */
    async endSession(person: Person, id: string): Promise<void> {
      const found = /^[0-9a-f]{64}$/.test(id)
        ? await db.session.findUnique({ where: { tokenHash: id } })
        : null
      if (!found || !may(person, 'session.end', standingToOwned(person, found))) throw noSuchThing()
      await db.session.deleteMany({ where: { tokenHash: id } })
    },
  }
}
