/**
 * One machine of an instructor that everybody in a cohort sees: shown, ended, and the ticket to it. The members look and never type. Knows no terminal.
 */
import type { SandboxClient } from '../../sandbox/client.ts'
import type { TicketClaims } from '../../sandbox/protocol/tickets.ts'
import { signTicket } from '../../sandbox/tickets.ts'
import { attemptRows } from '../attempt-rows.ts'
import { note } from '../audit.ts'
import { holdLiveCohort, requireLiveCohort } from '../cohorts.ts'
import type { Database } from '../database.ts'
import { noSuchThing } from '../refusal.ts'
import { may } from '../rights.ts'
import { standingInCohort } from '../standing.ts'
import type { Person } from '../types.ts'
import { dismissLookers } from './dismissal.ts'

export interface ScreenView {
  attempt: string
  /** Whose it is. */
  by: string
  mine: boolean
  lab: string
  /** ISO 8601. */
  since: string
}

export interface CohortScreen {
  /** Null: nothing is shown. */
  shown: ScreenView | null
  /** Whether whoever asks may show a machine, or end what is shown. */
  may: boolean
}

export function screens(db: Database, sandboxes: SandboxClient, secret: string) {
  const rows = attemptRows(db)
  const current = (cohortId: string) => shownIn(db, cohortId)

  return {
    async screen(person: Person, cohortId: string): Promise<CohortScreen> {
      await requireLiveCohort(db, person, 'cohort.see', cohortId)
      const found = await current(cohortId)
      const standing = await standingInCohort(db, person, cohortId)
      return {
        shown: found && {
          attempt: found.attemptId,
          by: found.attempt.person.name,
          mine: found.attempt.personId === person.id,
          lab: found.attempt.lab,
          since: found.since.toISOString(),
        },
        may: may(person, 'screen.show', standing),
      }
    },

    /** Of one's own, in place of what was shown before. */
    async showScreen(person: Person, cohortId: string, attemptId: string): Promise<void> {
      await requireLiveCohort(db, person, 'screen.show', cohortId)
      const { id, lab } = await rows.workable(person, attemptId)
      const before = await current(cohortId)
      if (before?.attemptId === id) return
      await db.$transaction(async (tx) => {
        await holdLiveCohort(tx, cohortId)
        const data = { attemptId: id, since: new Date() }
        await tx.screen.upsert({ where: { cohortId }, create: { cohortId, ...data }, update: data })
        await note(tx, person, { action: 'screen.shown', cohortId, detail: { lab } })
      })
      if (before) await dismissLookers(sandboxes, before.attemptId)
    },

    /** Ending what has ended is no mistake. */
    async endScreen(person: Person, cohortId: string): Promise<void> {
      await requireLiveCohort(db, person, 'screen.show', cohortId)
      const before = await current(cohortId)
      if (!before) return
      await db.$transaction(async (tx) => {
        await tx.screen.deleteMany({ where: { cohortId } })
        await note(tx, person, {
          action: 'screen.ended',
          cohortId,
          subjectId: before.attempt.personId,
          detail: { lab: before.attempt.lab },
        })
      })
      await dismissLookers(sandboxes, before.attemptId)
    },

    /** @throws Refusal when nothing is shown */
    async screenTicket(person: Person, cohortId: string, channel: 'terminal' | 'watch'): Promise<string> {
      await requireLiveCohort(db, person, 'cohort.see', cohortId)
      const found = await current(cohortId)
      if (!found) throw noSuchThing()
      const guest = { name: person.name, cohort: cohortId, as: 'member', asks: false } as const
      const claims: TicketClaims = {
        aud: channel,
        sub: person.id,
        sandbox: found.attemptId,
        mode: 'look',
        guest,
      }
      return signTicket(claims, secret)
    },
  }
}

/** What is shown while its machine is there, and whoever shows it has the right to. */
export async function shownIn(db: Database, cohortId: string) {
  const found = await db.screen.findUnique({
    where: { cohortId, attempt: { state: { in: ['starting', 'running'] } } },
    include: { attempt: { select: { personId: true, lab: true, person: true } } },
  })
  if (!found) return null
  const { person } = found.attempt
  const standing = await standingInCohort(db, person, cohortId)
  return may(person, 'screen.show', standing) ? found : null
}
