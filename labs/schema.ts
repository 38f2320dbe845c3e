/**
 * What a lab is: `defineLab` and its types. One folder under labs/ is one lab. Knows no sandbox, no React, no database; the checks speak
 * to the machine through the ports of `grader/guest`.
 */
import { z } from 'zod'
import type { Flood, Guest, LoadPlan, Planned, Upstream, Wan, World } from '../grader/guest.ts'
import { type StageId, stageIds } from './stages.ts'

/** The machine a lab needs. `prepare` is a root script baked into the VM template: slow set-up that every start would pay for. */
export const machineSchema = z.object({
  nic: z.enum(['vmxnet3', 'igb']),
  vcpus: z.number().int().min(1).max(4),
  memoryMb: z.number().int().min(192).max(1024),
  prepare: z.string().default(''),
})
export type Machine = z.infer<typeof machineSchema>

export const labMetaSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  /** Slug of the chapter that holds this lab. */
  chapter: z.string().min(1),
  /** Where on the path its packets are lost, for the catalogue; null when finding that out is all there is to it. */
  stage: z.enum(stageIds).nullable(),
  minutes: z.number().int().min(1).max(240),
  difficulty: z.enum(['first steps', 'steady', 'hard']),
  /** What one will be able to do, each beginning with a verb. Never the cause. */
  objectives: z.array(z.string().min(1)).min(1),
})
export type LabMeta = z.infer<typeof labMetaSchema>

/** The diagnosis form. Every lab with a fault asks the same: the stage, the counter, its value, the limit in force, and why. */
export const answersSchema = z.object({
  stage: z.enum(stageIds),
  counter: z.string().trim().min(1).max(80),
  value: z.number().int().nonnegative(),
  limit: z.number().int().nonnegative(),
  why: z.string().max(4000).default(''),
})
export type Answers = z.infer<typeof answersSchema>

/** The sheet of a lab that has questions of its own: a whole number for each question that was answered, by the question's id. */
export const sheetSchema = z.object({
  figures: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.number().int().nonnegative()),
})
export type Sheet = z.infer<typeof sheetSchema>

export const givenSchema = z.union([answersSchema, sheetSchema])
/** What a learner hands in: which of the two it is, the lab decides. */
export type Given = z.infer<typeof givenSchema>

/** One question of a sheet. Its answer is one whole number that the learner's own machine tells. */
export interface Question {
  id: string
  stage: StageId
  text: string
  /** What is counted: `descriptors`, `bytes`. */
  unit: string
}

export interface CriterionSpec {
  id: string
  kind: 'baseline' | 'diagnosis' | 'repair' | 'behaviour' | 'collateral'
  title: string
  /** 0 for a baseline: it is a condition of the grading, nobody's merit. */
  maxPoints: number
}

/** What a judge says of one criterion. Partial points are allowed; feedback says what was observed, never what to type. */
export interface Finding {
  status: 'pass' | 'fail' | 'error' | 'not_gradable'
  /** 0..1 of the criterion's points. */
  share: number
  feedback: string
  evidence: { label: string; before?: string; after: string }[]
}

/** What the world is to the server beside its near clients. A flood goes on for ever; all of it is there before the break is verified. */
export interface Surroundings {
  wan?: Wan
  flood?: Flood
  upstream?: Upstream
}

/** Another lab, and what its criteria are called in this one. */
export interface Disguise {
  lab: string
  criterion(id: string): string
}

export interface Sandbox {
  guest: Guest
  world: World
  /** Waited for when the server has told its state, before any load: of before-figures, whose traffic begins only then. */
  stateTold?(state: string): Promise<void>
  /** Of before-figures that are measured once more: the state that was told at first. */
  earlier?: string
}

/**
 * A lab. `V` are the parameters of one variant, `E` the evidence of one collection: plain JSON, stored whole, judged again at will; `G` is
 * what it asks of a learner. `collect` is small and effectful; `judge` is pure and is tested on recorded evidence.
 */
export interface Lab<V = unknown, E = unknown, G extends Given = Given> {
  meta: LabMeta
  criteria: CriterionSpec[]
  /** Only of a lab without a fault: what it asks instead of a diagnosis. */
  questions?: Question[]
  /** The variant of a seed: pure, reproducible. */
  variant(seed: number): V
  /**
   * What breaks the machine in one variant or another, and where that was written: whatever makes its scripts take another way. `lab prove` sees to
   * it that each has been on a machine; nobody is ever shown them. Left out where all variants take one way.
   */
  causes?(variant: V): string[]
  /** Only of a lab that is another one behind a ticket of its own: whose scripts its variant takes. */
  disguise?(variant: V): Disguise
  machine(variant: V): Machine
  /** Its check measures time on the host and judges nobody where that is busy: `lab prove` runs nothing beside it. */
  alone?: boolean
  /** Environment of break.sh, solve*.sh and wrong/*.sh: the variant's parameters, never the answers in the guest's files. */
  env(variant: V): Record<string, string>
  surroundings?(variant: V): Surroundings
  /** What the world does all the time, so that the symptom is there to see. `everyMs` is the period of the plan. */
  background(variant: V, seed: number): { everyMs: number; plan: LoadPlan<Planned> }
  /** Quick proof from outside that the machine is broken, at most about 300 ms; throws InfrastructureError when it is not. */
  verifyBroken(sandbox: Sandbox, variant: V, seed: number): Promise<void>
  /** Everything a judgement needs, under the same seeded load each time. At most 8 s. */
  collect(sandbox: Sandbox, variant: V, seed: number): Promise<E>
  /** Whether the baseline shows the symptom; a reason why not, when it does not. */
  brokenBaseline(before: E, variant: V): { ok: true } | { ok: false; reason: string }
  judge(input: { before: E; after: E; answers: G | null; variant: V }): Record<string, Finding>
  /** What a perfect learner gives for this evidence: `--answers auto`. */
  referenceAnswers(before: E, variant: V): G
}

/** Gives a lab's types to its author and takes nothing else: `export default defineLab({ … })`. */
export const defineLab = <V, E, G extends Given = Answers>(lab: Lab<V, E, G>): Lab<V, E, G> => lab

/** What this lab's form takes. Numbers for questions that nobody asked are refused; a question may stay open. */
export function formOf({ questions }: Pick<Lab, 'questions'>): z.ZodType<Given> {
  if (!questions) return answersSchema
  const ids = questions.map(({ id }) => id)
  return sheetSchema.refine(({ figures }) => Object.keys(figures).every((id) => ids.includes(id)), {
    path: ['figures'],
    message: `Only ${ids.join(', ')} are asked`,
  })
}
