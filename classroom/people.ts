/**
 * Who is there: signing in with the owner's token, sessions, signing out. Knows no cookie and no page; a session is an opaque text.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Database, isDuplicate } from './database.ts'
import type { Person, SignedIn } from './types.ts'

const sessionDays = 30

export function people(db: Database, ownerToken: string) {
  return {
    /** The owner's session for the right token, null for any other. The owner is created when first seen. */
    async signIn(token: string): Promise<SignedIn | null> {
      if (!sameText(token, ownerToken)) return null
      const person = await owner(db)
      const session = randomBytes(32).toString('base64url')
      const expiresAt = new Date(Date.now() + sessionDays * 86_400_000)
      await db.session.deleteMany({ where: { expiresAt: { lt: new Date() } } })
      await db.session.create({ data: { tokenHash: hash(session), personId: person.id, expiresAt } })
      return { session, expiresAt: expiresAt.toISOString(), person }
    },

    async personOf(session: string | undefined): Promise<Person | null> {
      if (!session) return null
      const found = await db.session.findUnique({
        where: { tokenHash: hash(session), expiresAt: { gt: new Date() } },
        select: { person: { select: publicFields } },
      })
      return found?.person ?? null
    },

    async signOut(session: string): Promise<void> {
      await db.session.deleteMany({ where: { tokenHash: hash(session) } })
    },
  }
}

const publicFields = { id: true, name: true, role: true } as const

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

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
