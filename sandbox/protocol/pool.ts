/** HTTP, app -> service: the machines that are kept ready, and what is reserved of them. */
import { z } from 'zod'

/**
 * POST /pool/reservations: keep machines ready for so many starts of a lab, until a time (at most a week ahead). `warmBy`: they are ready by then and are
 * not made much earlier; when left out, they are made at once.
 */
export const reservationRequestSchema = z.object({
  lab: z.string().max(64),
  seats: z.number().int().min(1).max(500),
  warmBy: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }),
})
export type ReservationRequest = z.infer<typeof reservationRequestSchema>

/** A seat is taken by a start of the lab; the machines of seats that are not taken are ended after `until`. */
export const reservationSchema = reservationRequestSchema.extend({
  id: z.uuid(),
  taken: z.number().int().nonnegative(),
})
export type Reservation = z.infer<typeof reservationSchema>

/** GET /pool: the machines that wait, by their kind; what is reserved; the starts that are under way and those that wait for their turn. */
export const poolStateSchema = z.object({
  profiles: z.array(
    z.object({
      id: z.string(),
      nic: z.string(),
      vcpus: z.number().int(),
      memoryMb: z.number().int(),
      /** The labs whose machines are of this kind, or some of them. */
      labs: z.array(z.string()),
      target: z.number().int().nonnegative(),
      ready: z.number().int().nonnegative(),
      warming: z.number().int().nonnegative(),
      /** Since the service started. */
      handedOut: z.number().int().nonnegative(),
      lastError: z.string().nullable(),
    }),
  ),
  reservations: z.array(reservationSchema),
  starts: z.object({
    underWay: z.number().int().nonnegative(),
    waiting: z.number().int().nonnegative(),
  }),
})
export type PoolState = z.infer<typeof poolStateSchema>

// GET /pool/reservations         -> Reservation[]
// DELETE /pool/reservations/:id  -> 204
