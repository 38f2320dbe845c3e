/**
 * What the sandbox service says of a machine: its status, the steps of its start, its moments, its problems. Here as in the whole folder: one
 * sentence per message, schema and type together; no Docker, no guest, no React; safe to import in a browser.
 */
import { z } from 'zod'

/** What somebody is in the course: it decides how long a machine of theirs may live and how many they may have. */
export const roleSchema = z.enum(['owner', 'learner'])
export type Role = z.infer<typeof roleSchema>

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
  /** The learner's; of the start empty, or `typedStart`. */
  name: z.string(),
  at: z.iso.datetime(),
  /** What it takes of the machine's memory. */
  bytes: z.number().int().nonnegative(),
})
export type Moment = z.infer<typeof momentSchema>
/** The name of a start before which something was typed already: the machine may not be as it began. */
export const typedStart = 'typed'
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
  /** It is being checked, or waits for its turn. */
  checking: z.boolean(),
  /** How many checks of other machines come before this one's; 0: none is asked for, or it is under way. */
  checksAhead: z.number().int().nonnegative(),
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
  /** It was handed in: no look and no key wakes it, and nothing is typed into it. Only its check lets it run. */
  frozen: z.boolean(),
  /** From the request to a prompt in a machine verified broken. */
  startMs: z.number().nullable(),
  problem: problemSchema.nullable(),
})
export type SandboxStatus = z.infer<typeof sandboxStatusSchema>
