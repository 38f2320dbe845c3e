/**
 * What the app and the browser say to the sandbox service: HTTP shapes, ticket claims, WebSocket messages. One sentence per message;
 * schema and type together. Knows no Docker, no guest and no React; safe to import in a browser.
 */
import { z } from 'zod'
import { verdictSchema } from '../grader/verdict.ts'
import { givenSchema } from '../labs/schema.ts'
import { stageIds } from '../labs/stages.ts'
import { workSchema } from '../labs/work.ts'
import { countersSecondSchema, worldSecondSchema } from './counters/schema.ts'

export type { CountersSecond, WorldSecond } from './counters/schema.ts'

// ---------------------------------------------------------------------------------------------------------------- HTTP, app -> service

/** What somebody is in the course: it decides how long a machine of theirs may live and how many they may have. */
export const roleSchema = z.enum(['owner', 'learner'])
export type Role = z.infer<typeof roleSchema>

/** POST /sandboxes: start a machine. `id` is the caller's (an attempt's id); starting the same id twice returns the one that runs. */
export const startRequestSchema = z.object({
  id: z.uuid(),
  lab: z.string().max(64),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  owner: z.string().min(1).max(64),
  /** The owner's; `learner` when not told. */
  role: roleSchema.optional(),
})
export type StartRequest = z.infer<typeof startRequestSchema>

/** One real step of a start, with its time: `ms` is null while it runs. */
export const startStepSchema = z.object({
  id: z.enum(['queue', 'template', 'pool', 'container', 'restore', 'break', 'verify', 'shell']),
  title: z.string(),
  ms: z.number().nullable(),
})
export type StartStep = z.infer<typeof startStepSchema>

/** What went wrong, what it means for the learner's work, what to do. Shown as it is. */
export const problemSchema = z.object({ code: z.string(), message: z.string(), remedy: z.string() })
export type Problem = z.infer<typeof problemSchema>

/** A moment that the machine can be taken back to, memory, processes, terminals and all. `start`: broken, before the learner's work. */
export const momentSchema = z.object({
  id: z.number().int().positive(),
  kind: z.enum(['start', 'saved']),
  /** The learner's; empty for the start. */
  name: z.string(),
  at: z.iso.datetime(),
  /** What it takes of the machine's memory. */
  bytes: z.number().int().nonnegative(),
})
export type Moment = z.infer<typeof momentSchema>
/** How many are kept beside the start; the world holds one more. */
export const mostMoments = 5

export const rewindSchema = z.object({
  /** Whether this machine may be taken back; where it may not, nothing else of this counts. */
  allowed: z.boolean(),
  /** Oldest first. */
  moments: z.array(momentSchema),
  busy: z.enum(['saving', 'going-back']).nullable(),
  /** Whether anything was typed that no moment holds: going back would lose it. */
  unsaved: z.boolean(),
})
export type Rewind = z.infer<typeof rewindSchema>

/** GET /sandboxes/:id, and pushed over /ws/watch whenever it changes. */
export const sandboxStatusSchema = z.object({
  id: z.uuid(),
  lab: z.string(),
  seed: z.number().int(),
  owner: z.string(),
  /** Counts resets: a new generation is a new machine under the same id. */
  generation: z.number().int().nonnegative(),
  /** `dead`: the machine stopped (panic, QEMU gone); only Reset helps. `failed`: it never became ready. */
  state: z.enum(['starting', 'ready', 'dead', 'failed', 'ended']),
  steps: z.array(startStepSchema),
  /** The before-figures, taken right after the start while the learner reads. */
  baseline: z.enum(['measuring', 'taken', 'failed']),
  checking: z.boolean(),
  /** Whether this machine's counters are pushed over /ws/watch: not before a diagnosis where finding the stage is the task. */
  liveCounters: z.boolean(),
  rewind: rewindSchema,
  startedAt: z.iso.datetime(),
  /** When it ends unless somebody types, looks or extends: a time of day, which goes on while the machine sleeps. */
  expiresAt: z.iso.datetime(),
  /** The latest that `expiresAt` may become. */
  extendableUntil: z.iso.datetime(),
  /** Since when it is paused because nobody looks; null while it is awake. It wakes at the next look or key. */
  suspendedAt: z.iso.datetime().nullable(),
  /** From the request to a prompt in a machine verified broken. */
  startMs: z.number().nullable(),
  problem: problemSchema.nullable(),
})
export type SandboxStatus = z.infer<typeof sandboxStatusSchema>

/** POST /sandboxes/:id/check: grade now. `answers` null: no diagnosis was given, its points are lost. */
export const checkRequestSchema = z.object({ answers: givenSchema.nullable() })
export type CheckRequest = z.infer<typeof checkRequestSchema>

/**
 * The verdict with everything it was judged from, so that it can be judged again without the machine; beside it, for no judge, how the
 * learner worked, null when the machine did not tell.
 */
export const checkResponseSchema = z.object({
  verdict: verdictSchema,
  before: z.json(),
  after: z.json(),
  work: workSchema.nullable(),
})
export type CheckResponse = z.infer<typeof checkResponseSchema>

// POST /sandboxes/:id/extend -> SandboxStatus (at least the role's extension is left, up to its limit; twice is once)

/**
 * POST /glances: machines as an instructor's wall shows them; an id that is not known is left out. -> MachineGlance[]. `losing` is the stage that has lost
 * most in the last seconds, from what is sampled anyway while somebody watches: it asks no machine for anything.
 */
export const glancesRequestSchema = z.object({ ids: z.array(z.uuid()).max(500) })
export const machineGlanceSchema = z.object({
  id: z.uuid(),
  state: z.enum(['starting', 'running', 'asleep', 'dead']),
  losing: z.enum(stageIds).nullable(),
  /** Unix milliseconds. */
  lastSign: z.number(),
})
export type MachineGlance = z.infer<typeof machineGlanceSchema>

/** What a learner calls a moment; 40 characters are at most 160 bytes, which is what a label holds. */
const momentNameSchema = z.string().trim().min(1).max(40)
/** POST /sandboxes/:id/moments: save this moment. -> SandboxStatus */
export const saveMomentSchema = z.object({ name: momentNameSchema })
/** POST /sandboxes/:id/moments/:moment/back: go back to it; `saveAs` names the present, which is saved first. -> SandboxStatus */
export const backToMomentSchema = z.object({ saveAs: momentNameSchema.nullable() })
// DELETE /sandboxes/:id/moments/:moment -> SandboxStatus

/** POST /sandboxes/:id/inject: the fault of another lab, on the machine as it runs; it is that lab's from then on. -> SandboxStatus */
export const injectRequestSchema = startRequestSchema.pick({ lab: true, seed: true })
export type InjectRequest = z.infer<typeof injectRequestSchema>

/** POST /sandboxes/:id/terminals: a new shell of this size. -> its number */
export const openTerminalSchema = z.object({
  cols: z.number().int().min(2).max(500),
  rows: z.number().int().min(2).max(300),
})
/** The shell that was opened: counts the shells of a machine, never given twice. */
export const openedTerminalSchema = z.object({ terminal: z.number().int().positive() })

/** POST /sandboxes/:id/terminals/:n/close: ends a shell. One that runs something is ended only when forced. */
export const closeTerminalSchema = z.object({ force: z.boolean() })
/** `closed` false: `program` runs in it; nothing was done. */
export const closedTerminalSchema = z.object({ closed: z.boolean(), program: z.string() })
export type ClosedTerminal = z.infer<typeof closedTerminalSchema>

/** POST /sandboxes/:id/terminals/:n/rename: everybody sees the new name at once; blank takes the name away. -> {} */
export const renameTerminalSchema = z.object({ name: z.string().max(200) })

/**
 * GET /sandboxes/:id/recordings -> RecordingInfo[], of ended machines as well; …/recordings/:name -> the file, asciicast v2.
 * DELETE /sandboxes/:id/recordings -> 204: all that was recorded of an ended machine is gone, its counters as well.
 */
export const recordingInfoSchema = z.object({
  name: z.string(),
  generation: z.number().int().nonnegative(),
  terminal: z.number().int().positive(),
  bytes: z.number().int().nonnegative(),
  changedAt: z.iso.datetime(),
})
export type RecordingInfo = z.infer<typeof recordingInfoSchema>
export const castType = 'application/x-asciicast'
/** GET /sandboxes/:id/counters -> all seconds of it that somebody has watched, as counters/lines.ts writes them. Of ended machines as well. */
export const countersType = 'application/x-ndjson'

// POST /sandboxes/:id/dismiss -> {} (whoever sees it as a screen that is shown to everybody is sent away)
// POST /sandboxes/:id/reset  -> SandboxStatus (a fresh broken machine, next generation)
// DELETE /sandboxes/:id      -> 204
// GET /sandboxes?owner=      -> SandboxStatus[]
// Every error answer is { problem: Problem } with a 4xx or 5xx status.

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

// ------------------------------------------------------------------------------------------------------------------------- tickets

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

// -------------------------------------------------------------------------------------------------------- both WebSockets

/**
 * Whether somebody sees this page, sent when that changes: to begin to look is a sign of life. `&look=0` in the address opens a socket that
 * nobody looks at: it does not wake a sleeping machine.
 */
export const lookSchema = z.object({ type: z.literal('look'), seen: z.boolean() })

// ------------------------------------------------------------------------------------------------- WebSocket /ws/terminal?ticket=…

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
/** Are you there? Answered by `pong`, at any time after attach: a connection that a sleeping laptop has lost does not say so by itself. */
export const pingSchema = z.object({ type: z.literal('ping') })
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
 * `mode` look: what is typed here is refused. cols and rows are the terminal's, whose output was made for them.
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
})
/** The terminal has a new size. */
export const sizeSchema = z.object({
  type: z.literal('size'),
  cols: z.number().int(),
  rows: z.number().int(),
})
/** Here I am. */
export const pongSchema = z.object({ type: z.literal('pong') })
/** Input before `offset` has reached the shell. */
export const typedSchema = z.object({ type: z.literal('typed'), offset: z.number().int() })
/** The shell ended; the terminal is history. */
export const closedSchema = z.object({ type: z.literal('closed'), status: z.number().int() })
/** Something the learner should know: what happened, what it means, what to do. */
export const noticeSchema = z.object({ type: z.literal('notice'), problem: problemSchema })
export const toBrowserSchema = z.discriminatedUnion('type', [
  attachedSchema,
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

/** Why the service closed a WebSocket. Codes of the private range; anything else is the network's. */
export const closeCodes = {
  badTicket: 4401,
  badOrigin: 4403,
  noSandbox: 4404,
  noTerminal: 4405,
  badMessage: 4400,
  /** What a guest may do here has changed, or is to be asked for anew: come again. */
  again: 4406,
  replaced: 4409,
  ended: 4410,
  unavailable: 4503,
} as const

// ---------------------------------------------------------------------------------------------------- WebSocket /ws/watch?ticket=…

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

/** Why nothing was asked: not of this machine, somebody else has asked or types, it does not run, its owner is not there, or they just said no. */
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

/**
 * The status changed; the shells did; a second of the world has passed; a second of both views was joined. `past`: seconds that were before, in
 * answer to the opening of the socket or to askForPast. `counters` come only while the status says `liveCounters`.
 */
export const watchMessageSchema = z.discriminatedUnion('type', [
  terminalsSchema,
  visitsSchema,
  notAskedSchema,
  z.object({ type: z.literal('status'), status: sandboxStatusSchema }),
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
/** Of a visitor: may I type? */
export const askToTypeSchema = z.object({ type: z.literal('ask-to-type') })
/** Of the owner: the answer to the question of this id. */
export const answerHelpSchema = z.object({ type: z.literal('answer'), id: z.uuid(), yes: z.boolean() })
/** Of either: the question is taken back, or what was allowed is over. */
export const stopHelpSchema = z.object({ type: z.literal('stop'), id: z.uuid() })

/** What a browser says on this socket: whether somebody looks, which past it wants, and about who may type. */
export const fromWatcherSchema = z.discriminatedUnion('type', [
  lookSchema,
  askForPastSchema,
  askToTypeSchema,
  answerHelpSchema,
  stopHelpSchema,
])
export type FromWatcher = z.infer<typeof fromWatcherSchema>
