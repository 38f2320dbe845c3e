/** WebSocket /ws/watch?ticket=…: all that is pushed about one machine, and what its watcher says. */
import { z } from 'zod'
import { countersSecondSchema, worldSecondSchema } from '../counters/schema.ts'
import { lookSchema, pingSchema, pongSchema } from './sockets.ts'
import { sandboxStatusSchema } from './status.ts'
import { answerHelpSchema, askToTypeSchema, notAskedSchema, stopHelpSchema, visitsSchema } from './visits.ts'

/** One shell of a machine, as everybody sees it. `name` null: nobody has named it. `status`: how it ended, once it has. */
export const terminalInfoSchema = z.object({
  terminal: z.number().int().positive(),
  name: z.string().nullable(),
  state: z.enum(['open', 'ended']),
  status: z.number().int().nullable(),
})
export type TerminalInfo = z.infer<typeof terminalInfoSchema>

/** The shells of a machine: sent at first and whenever one is opened, named, ended or closed. `recordedDays` 0: nothing is recorded. */
export const terminalsSchema = z.object({
  type: z.literal('terminals'),
  generation: z.number().int().nonnegative(),
  list: z.array(terminalInfoSchema),
  recordedDays: z.number().int().nonnegative(),
})
export type TerminalsMessage = z.infer<typeof terminalsSchema>

/** At most so many shells at once. */
export const mostTerminals = 8
/** Longer names are cut. */
export const longestTerminalName = 40

/**
 * The status changed; the shells did; a second of the world has passed; a second of both views was joined. `past`: seconds that were before, in
 * answer to the opening of the socket or to askForPast. `counters` come only while the status says `liveCounters`. `now` is the service's clock (unix ms),
 * which made the times in the status: a page's own may differ.
 */
export const watchMessageSchema = z.discriminatedUnion('type', [
  terminalsSchema,
  visitsSchema,
  notAskedSchema,
  pongSchema,
  z.object({ type: z.literal('status'), status: sandboxStatusSchema, now: z.number() }),
  z.object({ type: z.literal('world'), seconds: z.array(worldSecondSchema) }),
  z.object({ type: z.literal('counters'), past: z.boolean(), seconds: z.array(countersSecondSchema) }),
])
export type WatchMessage = z.infer<typeof watchMessageSchema>

/** Asks for counters that were before a moment (unix ms): the newest of them, at most so many. Answered by one `counters` message. */
export const askForPastSchema = z.object({
  type: z.literal('past'),
  before: z.number().nonnegative(),
  seconds: z.number().int().min(1).max(300),
})
export type AskForPast = z.infer<typeof askForPastSchema>

/** What a browser says on this socket: whether somebody looks, whether we are there, which past it wants, and about who may type. */
export const fromWatcherSchema = z.discriminatedUnion('type', [
  lookSchema,
  pingSchema,
  askForPastSchema,
  askToTypeSchema,
  answerHelpSchema,
  stopHelpSchema,
])
export type FromWatcher = z.infer<typeof fromWatcherSchema>
