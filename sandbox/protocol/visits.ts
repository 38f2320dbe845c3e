/** Who is at a machine besides its owner, what they may do, and the record of it: messages of /ws/watch, and its journal over HTTP. */
import { z } from 'zod'

/** Why nothing was asked: not of this machine, somebody else has asked or types, it does not run, its owner is not there, or it has just been asked in vain. */
export const helpRefusalSchema = z.enum(['not-here', 'taken', 'machine', 'absent', 'refused'])
export type HelpRefusal = z.infer<typeof helpRefusalSchema>
/** By whom, or by what, a question or the leave to type was ended. `away`: their page was closed, or cannot be reached. */
export const helpEndSchema = z.enum([
  'owner',
  'visitor',
  'owner-away',
  'visitor-away',
  'machine',
  'unanswered',
])
export type HelpEnd = z.infer<typeof helpEndSchema>

/** Who is at this machine besides its owner: sent at first and with every change, to its owner and to who looks at their work. */
export const visitsSchema = z.object({
  type: z.literal('visits'),
  visitors: z.array(z.object({ name: z.string(), since: z.iso.datetime() })),
  /** How many see it as a screen that is shown to everybody. */
  members: z.number().int().nonnegative(),
  /** Somebody asks to type, or may. `yours`: it is about whoever reads this. */
  help: z
    .object({ id: z.uuid(), name: z.string(), state: z.enum(['asked', 'given']), yours: z.boolean() })
    .nullable(),
  /** How the last of it ended. */
  ended: z.object({ name: z.string(), by: z.enum([...helpEndSchema.options, 'refused']) }).nullable(),
})
export type VisitsMessage = z.infer<typeof visitsSchema>
/** To who asked: nothing was asked. */
export const notAskedSchema = z.object({ type: z.literal('not-asked'), why: helpRefusalSchema })

/** Of a visitor: may I type? */
export const askToTypeSchema = z.object({ type: z.literal('ask-to-type') })
/** Of the owner: the answer to the question of this id. */
export const answerHelpSchema = z.object({ type: z.literal('answer'), id: z.uuid(), yes: z.boolean() })
/** Of either: the question is taken back, or what was allowed is over. */
export const stopHelpSchema = z.object({ type: z.literal('stop'), id: z.uuid() })

/**
 * POST /guests/dismiss -> {}: who has no right any more to be at other people's machines. Of a cohort, or (null) of any; this person, or (null) everybody.
 */
export const guestsRequestSchema = z.object({ person: z.string().nullable(), cohort: z.uuid().nullable() })
export type GuestsRequest = z.infer<typeof guestsRequestSchema>

/** GET /visits -> VisitEntry[], the oldest that the app has not taken; POST /visits/taken {ids} -> {}: it has them in its audit log. */
export const visitEntrySchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  event: z.enum(['look.began', 'look.ended', 'help.asked', 'help.given', 'help.refused', 'help.ended']),
  sandbox: z.uuid(),
  lab: z.string(),
  /** Whose machine it is, and who came. */
  owner: z.string(),
  visitor: z.string(),
  cohort: z.uuid(),
  seconds: z.number().int().nonnegative().optional(),
  by: helpEndSchema.optional(),
})
export type VisitEntry = z.infer<typeof visitEntrySchema>
export const visitsTakenSchema = z.object({ ids: z.array(z.uuid()).max(1000) })
