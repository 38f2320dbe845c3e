/**
 * What somebody's browser can do of what a workshop needs: told by their own browser on the check page, seen by the instructors of their cohorts. It
 * earns nothing and opens nothing, so that it is believed. Knows no browser.
 */
import { type Database, json } from '../database.ts'
import { badInput } from '../refusal.ts'
import { requireCohort } from '../standing.ts'
import type { Person } from '../types.ts'
import { type DeviceResults, deviceResultsSchema } from './device-checks.ts'

export interface DeviceView {
  person: string
  name: string
  /** ISO 8601; null: they have not opened the page. */
  at: string | null
  results: DeviceResults | null
}

export function devices(db: Database) {
  return {
    /** The last one counts: it is the device they will come with. */
    async keepDeviceCheck(person: Person, typed: unknown): Promise<void> {
      const parsed = deviceResultsSchema.safeParse(typed)
      if (!parsed.success) throw badResults()
      const check = { at: new Date(), results: json(parsed.data) as object }
      await db.deviceCheck.upsert({
        where: { personId: person.id },
        create: { personId: person.id, ...check },
        update: check,
      })
    },

    /** Of all learners of a cohort, by name. */
    async deviceChecks(person: Person, cohortId: string): Promise<DeviceView[]> {
      await requireCohort(db, person, 'room.see', cohortId)
      const rows = await db.enrollment.findMany({
        where: { cohortId, role: 'learner' },
        select: { person: { select: { id: true, name: true, deviceCheck: true } } },
        orderBy: [{ person: { name: 'asc' } }, { personId: 'asc' }],
      })
      return rows.map(({ person: { id, name, deviceCheck } }) => ({
        person: id,
        name,
        at: deviceCheck?.at.toISOString() ?? null,
        results: deviceResultsSchema
          .nullable()
          .catch(null)
          .parse(deviceCheck?.results ?? null),
      }))
    },
  }
}

const badResults = () =>
  badInput('bad-results', 'That is no result of the check page. Nothing was kept.', 'Reload the page.')
