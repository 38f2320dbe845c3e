/**
 * A roster into a cohort: looked at first, then applied in one transaction or not at all. The same file twice changes nothing. Knows no CSV.
 */
import { note } from './audit.ts'
import { requireLiveCohort } from './cohorts.ts'
import { type Database, isDuplicate, type Transaction } from './database.ts'
import { badInput } from './refusal.ts'
import { parseRoster, type RosterEntry } from './roster.ts'
import { type KnownLogin, planRoster, type RosterPlan } from './roster-plan.ts'
import type { Person } from './types.ts'

export function rosters(db: Database) {
  return {
    async previewRoster(person: Person, cohortId: string, file: Uint8Array): Promise<RosterPlan> {
      await requireLiveCohort(db, person, 'cohort.enroll', cohortId)
      const roster = parseRoster(file)
      return planRoster(roster, await known(db, cohortId, roster.entries))
    },

    /** @throws Refusal when there is any problem; then nobody was added */
    async applyRoster(person: Person, cohortId: string, file: Uint8Array): Promise<RosterPlan> {
      await requireLiveCohort(db, person, 'cohort.enroll', cohortId)
      const roster = parseRoster(file)
      return db
        .$transaction(
          async (tx) => {
            const plan = planRoster(roster, await known(tx, cohortId, roster.entries))
            if (plan.problems.length > 0) throw rosterRefused(plan.problems.length)
            if (plan.add.length > 0) await add(tx, person, cohortId, plan.add)
            return plan
          },
          { timeout: 60_000 },
        )
        .catch((error) => {
          throw isDuplicate(error) ? rosterRefused(1) : error
        })
    },
  }
}

async function add(tx: Transaction, person: Person, cohortId: string, entries: RosterEntry[]): Promise<void> {
  const people = await tx.person.createManyAndReturn({
    data: entries.map(({ name, login }) => ({ name, login, role: 'learner' as const })),
    select: { id: true, login: true },
  })
  const ids = new Map(people.map(({ login, id }) => [login, id]))
  await tx.enrollment.createMany({
    data: entries.map(({ login, role }) => ({ cohortId, personId: ids.get(login) ?? '', role })),
  })
  await note(tx, person, { action: 'roster.applied', cohortId, detail: { added: entries.length } })
}

async function known(
  db: Database | Transaction,
  cohortId: string,
  entries: RosterEntry[],
): Promise<KnownLogin[]> {
  const rows = await db.person.findMany({
    where: { login: { in: entries.map(({ login }) => login) } },
    select: { login: true, enrollments: { where: { cohortId }, select: { role: true } } },
  })
  return rows.map(({ login, enrollments }) => ({ login: login ?? '', role: enrollments[0]?.role ?? null }))
}

const rosterRefused = (count: number) =>
  badInput(
    'roster-refused',
    `The roster has ${count === 1 ? 'a problem' : `${count} problems`}. Nobody was added.`,
    'Look at the preview, mend the lines that it names, and choose the file again.',
  )
