/**
 * How somebody stands to a thing, and the door that rights.ts describes: through it, or refused as if the thing did not exist. What is
 * forbidden and what is not there are answered alike, so that no id is worth guessing.
 */
import { z } from 'zod'
import type { Database, Transaction } from './database.ts'
import { noSuchThing, type Refusal } from './refusal.ts'
import { type Action, may, type Standing } from './rights.ts'
import type { Person } from './types.ts'

/** Text that came from an address or a form, as an id: PostgreSQL answers anything else with an error of its own. */
export const isId = (text: string): boolean => z.uuid().safeParse(text).success

export const standingToOwned = (person: Person, what: { personId: string }): Standing =>
  what.personId === person.id ? 'own' : 'none'

export async function standingInCohort(
  db: Database | Transaction,
  person: Person,
  cohortId: string,
): Promise<Standing> {
  const found = await db.enrollment.findUnique({
    where: { cohortId_personId: { cohortId, personId: person.id } },
    select: { role: true },
  })
  return found?.role ?? 'none'
}

/** To what is done in the house and in no cohort. */
export function requireInHouse(person: Person, action: Action): void {
  if (!may(person, action, 'none')) throw noSuchThing()
}

/** The cohort, for who may do this in it. */
export async function requireCohort(
  db: Database | Transaction,
  person: Person,
  action: Action,
  cohortId: string,
  refusal: () => Refusal = noSuchThing,
) {
  if (!isId(cohortId)) throw refusal()
  const [cohort, standing] = await Promise.all([
    db.cohort.findUnique({ where: { id: cohortId } }),
    standingInCohort(db, person, cohortId),
  ])
  if (!cohort || !may(person, action, standing)) throw refusal()
  return cohort
}
