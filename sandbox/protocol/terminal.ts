/** WebSocket /ws/terminal?ticket=…: one shell of a machine. */
import { z } from 'zod'
import { lookSchema, pingSchema, pongSchema } from './sockets.ts'
import { problemSchema } from './status.ts'

/**
 * First message of the browser: which terminal, who types, from which output offset on. `terminal: null` asks for the shell that waits since
 * the start, or a new one; of one who may only look, for the first there is. cols and rows are those of the window.
 */
export const attachSchema = z.object({
  type: z.literal('attach'),
  terminal: z.number().int().positive().nullable(),
  client: z.string().regex(/^[A-Za-z0-9-]{1,32}$/),
  from: z.union([z.number().int().nonnegative(), z.literal('start')]),
  cols: z.number().int().min(2).max(500),
  rows: z.number().int().min(2).max(300),
  generation: z.number().int().nonnegative().nullable(),
})
/** The window changed its size. The terminal has that of the window of whoever typed last. */
export const resizeSchema = z.object({
  type: z.literal('resize'),
  cols: z.number().int().min(2).max(500),
  rows: z.number().int().min(2).max(300),
})
/** The browser has written the output before `offset` to its screen. */
export const ackSchema = z.object({ type: z.literal('ack'), offset: z.number().int().nonnegative() })
export const fromBrowserSchema = z.discriminatedUnion('type', [
  attachSchema,
  resizeSchema,
  ackSchema,
  lookSchema,
  pingSchema,
])
export type FromBrowser = z.infer<typeof fromBrowserSchema>

/**
 * Answer to attach. `start` is the oldest output still kept, `end` the newest; output follows from the offset asked for (or from `start`).
 * `typed`: the offset of this client's input that has been received; resend what lies beyond. `fresh`: the shell is new, forget the screen.
 * `mode` look: what is typed here is refused. cols and rows are the terminal's, whose output was made for them. `replies`: see below.
 */
export const attachedSchema = z.object({
  type: z.literal('attached'),
  terminal: z.number().int(),
  generation: z.number().int(),
  start: z.number().int(),
  end: z.number().int(),
  typed: z.number().int(),
  fresh: z.boolean(),
  /** Which return to a moment the shell comes from: under another one than before, forget what was typed ahead, and the screen. */
  epoch: z.number().int(),
  mode: z.enum(['look', 'type']),
  cols: z.number().int(),
  rows: z.number().int(),
  replies: z.boolean(),
})
/**
 * Whether this window answers what a program asks of its terminal (where the cursor stands, what it can do). Of several one does, that of whoever
 * typed last: the others' answers would be typed into the shell.
 */
export const repliesSchema = z.object({ type: z.literal('replies'), here: z.boolean() })
/** The terminal has a new size. */
export const sizeSchema = z.object({
  type: z.literal('size'),
  cols: z.number().int(),
  rows: z.number().int(),
})
/** Input before `offset` has reached the shell. */
export const typedSchema = z.object({ type: z.literal('typed'), offset: z.number().int() })
/** The shell ended; the terminal is history. */
export const closedSchema = z.object({ type: z.literal('closed'), status: z.number().int() })
/** Something the learner should know: what happened, what it means, what to do. */
export const noticeSchema = z.object({ type: z.literal('notice'), problem: problemSchema })
export const toBrowserSchema = z.discriminatedUnion('type', [
  attachedSchema,
  repliesSchema,
  sizeSchema,
  pongSchema,
  typedSchema,
  closedSchema,
  noticeSchema,
])
export type ToBrowser = z.infer<typeof toBrowserSchema>

/**
 * Binary messages, both ways: 8 bytes little-endian offset, then bytes. Browser -> service: input, offset counts this client's bytes so far.
 * Service -> browser: output of the terminal. Acknowledge output at least every 64 KiB; at most 1 MiB flows unacknowledged.
 */
export const offsetBytes = 8
