/**
 * Seats of a workshop: machines that the sandbox service keeps ready for a cohort, by a time on the cohort's clock. The service keeps the reservation;
 * here stands only whose it is. Knows no pool.
 */
import type { SandboxClient } from '../../sandbox/client.ts'
import type { Reservation } from '../../sandbox/protocol/pool.ts'
import { note } from '../audit.ts'
import { requireLiveCohort } from '../cohorts.ts'
import type { Database } from '../database.ts'
import { badInput, noSuchThing, refusalOf, unknownLab } from '../refusal.ts'
import { isId, requireCohort } from '../standing.ts'
import { momentOf } from '../time-zone.ts'
import type { Person } from '../types.ts'

export interface SeatsInput {
  lab: string
  seats: number
  /** As a clock in the cohort's zone says it; '' for now. */
  from: string
  until: string
}

export interface SeatsView extends Reservation {
  /** Machines of this kind that wait now, whoever reserved them. */
  ready: number
}

export function seats(db: Database, sandboxes: SandboxClient, labs: ReadonlySet<string>) {
  return {
    /** Those in force, the first to end first. */
    async seats(person: Person, cohortId: string): Promise<SeatsView[]> {
      await requireCohort(db, person, 'seats.reserve', cohortId)
      const [own, pool] = await Promise.all([
        db.seatReservation.findMany({ where: { cohortId } }),
        asked(() => sandboxes.pool()),
      ])
      const ids = new Set(own.map(({ id }) => id))
      return pool.reservations
        .filter(({ id }) => ids.has(id))
        .map((reservation) => ({
          ...reservation,
          ready: pool.profiles
            .filter(({ labs }) => labs.includes(reservation.lab))
            .reduce((sum, { ready }) => sum + ready, 0),
        }))
    },

    async reserveSeats(person: Person, cohortId: string, input: SeatsInput): Promise<void> {
      const { timeZone } = await requireLiveCohort(db, person, 'seats.reserve', cohortId)
      const { lab, seats } = input
      if (!labs.has(lab)) throw unknownLab(lab)
      if (!Number.isInteger(seats) || seats < 1 || seats > 500) throw badSeats()
      const from = input.from === '' ? null : momentOf(timeZone, input.from)
      const until = momentOf(timeZone, input.until)
      const request = { lab, seats, until: until.toISOString(), ...(from && { warmBy: from.toISOString() }) }
      const { id } = await asked(() => sandboxes.reserve(request))
      await db
        .$transaction(async (tx) => {
          await tx.seatReservation.create({ data: { id, cohortId } })
          const detail = { lab, seats, from: (from ?? new Date()).toISOString(), until: request.until }
          await note(tx, person, { action: 'seats.reserved', cohortId, detail })
        })
        .catch(async (error) => {
          // Nobody could ever give it up.
          await sandboxes.cancelReservation(id).catch(() => {})
          throw error
        })
    },

    async cancelSeats(person: Person, cohortId: string, id: string): Promise<void> {
      await requireCohort(db, person, 'seats.reserve', cohortId)
      if (!isId(id) || !(await db.seatReservation.findFirst({ where: { id, cohortId } }))) throw noSuchThing()
      await asked(() => sandboxes.cancelReservation(id)).catch((error) => {
        // Over by itself meanwhile.
        if (error.status !== 404) throw error
      })
      await db.$transaction(async (tx) => {
        const { count } = await tx.seatReservation.deleteMany({ where: { id, cohortId } })
        if (count > 0) await note(tx, person, { action: 'seats.cancelled', cohortId })
      })
    },
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  return ask().catch((error) => {
    throw refusalOf(error)
  })
}

const badSeats = () =>
  badInput(
    'bad-seats',
    'Seats are a whole number from 1 to 500. Nothing was reserved.',
    'Give such a number.',
  )
