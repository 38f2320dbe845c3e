/**
 * Machines of a cohort's learners, for who may look at them there: which there are, and the ticket to one. Who looks is told to the learner by the
 * sandbox service, which also decides who may type (decision 17). Knows no terminal.
 */
import type { TicketClaims } from '../../sandbox/protocol/tickets.ts'
import { signTicket } from '../../sandbox/tickets.ts'
import { requireLiveCohort } from '../cohorts.ts'
import type { Database } from '../database.ts'
import { noSuchThing } from '../refusal.ts'
import { isId } from '../standing.ts'
import type { Person } from '../types.ts'

/** A machine that is there, or on its way. */
export interface LookView {
  attempt: string
  learner: { id: string; name: string }
  lab: string
  /** ISO 8601. */
  since: string
  /** It is work that is graded: it can be looked at, and nobody but the learner types there. */
  graded: boolean
}

export function looks(db: Database, secret: string) {
  return {
    /** By the learners' names. */
    async lookable(person: Person, cohortId: string): Promise<LookView[]> {
      await require(person, cohortId)
      const rows = await db.attempt.findMany({
        where: openIn(cohortId),
        select: shown,
        orderBy: [{ person: { name: 'asc' } }, { createdAt: 'desc' }],
      })
      return rows.map(viewOf)
    },

    async look(person: Person, cohortId: string, attemptId: string): Promise<LookView> {
      await require(person, cohortId)
      return viewOf(await find(cohortId, attemptId))
    },

    /** Never one that lets type: that is the learner's to allow, and the service's to keep. */
    async lookTicket(
      person: Person,
      cohortId: string,
      attemptId: string,
      channel: 'terminal' | 'watch',
    ): Promise<string> {
      await require(person, cohortId)
      const { id, assignmentId } = await find(cohortId, attemptId)
      const guest = { name: person.name, cohort: cohortId, as: 'staff', asks: assignmentId === null } as const
      const claims: TicketClaims = { aud: channel, sub: person.id, sandbox: id, mode: 'look', guest }
      return signTicket(claims, secret)
    },
  }

  async function require(person: Person, cohortId: string): Promise<void> {
    await requireLiveCohort(db, person, 'learner.look', cohortId)
  }

  async function find(cohortId: string, attemptId: string) {
    if (!isId(attemptId)) throw noSuchThing()
    const row = await db.attempt.findFirst({ where: { id: attemptId, ...openIn(cohortId) }, select: shown })
    if (!row) throw noSuchThing()
    return row
  }
}

/** What somebody does as a learner of this cohort: practice, and its own assignments; not those of another one. */
export const openIn = (cohortId: string) => ({
  state: { in: ['starting' as const, 'running' as const] },
  person: { enrollments: { some: { cohortId, role: 'learner' as const } } },
  OR: [{ assignmentId: null }, { assignment: { cohortId } }],
})

const shown = {
  id: true,
  lab: true,
  createdAt: true,
  assignmentId: true,
  person: { select: { id: true, name: true } },
} as const

interface Shown {
  id: string
  lab: string
  createdAt: Date
  assignmentId: string | null
  person: { id: string; name: string }
}

const viewOf = ({ id, lab, createdAt, assignmentId, person }: Shown): LookView => ({
  attempt: id,
  learner: person,
  lab,
  since: createdAt.toISOString(),
  graded: assignmentId !== null,
})
