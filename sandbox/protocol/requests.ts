/** HTTP, app -> service: what may be asked about machines, and the answers. */
import { z } from 'zod'
import { verdictSchema } from '../../grader/verdict.ts'
import { givenSchema } from '../../labs/schema.ts'
import { stageIds } from '../../labs/stages.ts'
import { workSchema } from '../../labs/work.ts'
import { roleSchema } from './status.ts'

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

// POST /sandboxes/:id/freeze -> SandboxStatus (handed in: it stands still, and only its check lets it run; twice is once)
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
 * POST /sandboxes/:id/recordings/keep -> {} (it was handed in: kept for as long as what is graded).
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
