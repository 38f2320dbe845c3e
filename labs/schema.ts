/**
 * What a lab is: `defineLab` and its types. One folder under labs/ is one lab. Knows no sandbox, no React, no database; the checks speak
 * to the machine through the ports of `grader/guest`.
 */
import { z } from 'zod'
import type { Flood, Guest, LoadPlan, Planned, Upstream, Wan, World } from '../grader/guest.ts'
import { stageIds } from './stages.ts'

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

/** The diagnosis form. Every lab asks the same: the stage, the counter, its value, the limit in force, and why. */
export const answersSchema = z.object({
  stage: z.enum(stageIds),
  counter: z.string().trim().min(1).max(80),
  value: z.number().int().nonnegative(),
  limit: z.number().int().nonnegative(),
  why: z.string().max(4000).default(''),
})
export type Answers = z.infer<typeof answersSchema>

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

export interface Sandbox {
  guest: Guest
  world: World
}

/**
 * A lab. `V` are the parameters of one variant, `E` the evidence of one collection: plain JSON, stored whole, judged again at will.
 * `collect` is small and effectful; `judge` is pure and is tested on recorded evidence.
 */
export interface Lab<V = unknown, E = unknown> {
  meta: LabMeta
  criteria: CriterionSpec[]
  /** The variant of a seed: pure, reproducible. */
  variant(seed: number): V
  machine(variant: V): Machine
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
  judge(input: { before: E; after: E; answers: Answers | null; variant: V }): Record<string, Finding>
  /** The diagnosis a perfect learner gives for this evidence: `--answers auto`. */
  referenceAnswers(before: E, variant: V): Answers
}

/** Gives a lab's types to its author and takes nothing else: `export default defineLab({ … })`. */
export const defineLab = <V, E>(lab: Lab<V, E>): Lab<V, E> => lab
