/** What a signed ticket says: who may open which channel of which machine. Knows no key. */
import { z } from 'zod'

/** Somebody at a machine that is not theirs. They look; they type only while its owner lets them, which this service decides and no ticket. */
export const guestSchema = z.object({
  name: z.string().min(1).max(300),
  /** In which they have the right to be here. */
  cohort: z.uuid(),
  /** `staff` looks at somebody's work, who is told; a `member` sees a screen that its owner shows to everybody. */
  as: z.enum(['staff', 'member']),
  /** Whether they may ask to type. */
  asks: z.boolean(),
})
export type Guest = z.infer<typeof guestSchema>

/** A signed statement, good for a minute: this person may open this channel of this sandbox. `service` is the app itself. */
export const ticketClaimsSchema = z.object({
  aud: z.enum(['terminal', 'watch', 'service']),
  sub: z.string(),
  sandbox: z.uuid().optional(),
  /**
   * Of a terminal's ticket: whether its bearer may type. Who is not said to may only look, and that wakes no machine and keeps none awake; nor does a
   * watch ticket that says `look`.
   */
  mode: z.enum(['look', 'type']).optional(),
  /** Of somebody who is not the sandbox's owner. */
  guest: guestSchema.optional(),
  /** Of a watch ticket: the machine's counters are not for its bearer, whatever the lab says. */
  counters: z.literal('never').optional(),
})
export type TicketClaims = z.infer<typeof ticketClaimsSchema>
export const ticketSeconds = 60
export type TerminalMode = 'look' | 'type'
