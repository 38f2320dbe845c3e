/**
 * An assignment as it stands in the form: everything is what was typed, so that nothing is lost when it cannot be saved, and a number that is none
 * reaches the server as what it is. Pure; knows no field and judges nothing.
 */
import type { AssignmentInput } from '#/classroom/assignments/input.ts'

export interface TypedLab {
  /** Of the row, which may not have a lab yet. */
  key: number
  lab: string
  weight: string
}

export interface TypedStep {
  key: number
  afterHours: string
  percent: string
}

export interface Typed {
  title: string
  text: string
  releaseAt: string
  dueAt: string
  lateDueAt: string
  late: 'none' | 'perDay' | 'steps'
  percent: string
  steps: TypedStep[]
  graceMinutes: string
  cap: string
  maxAttempts: string
  counting: AssignmentInput['counting']
  minutes: string
  hints: boolean
  hintCost: string
  liveMap: boolean
  rewind: boolean
  seedPolicy: AssignmentInput['seedPolicy']
  labs: TypedLab[]
}

export const emptyTyped: Typed = {
  title: '',
  text: '',
  releaseAt: '',
  dueAt: '',
  lateDueAt: '',
  late: 'none',
  percent: '10',
  steps: [{ key: 0, afterHours: '0', percent: '10' }],
  graceMinutes: '0',
  cap: '100',
  maxAttempts: '',
  counting: 'best',
  minutes: '',
  hints: true,
  hintCost: '1',
  liveMap: true,
  rewind: true,
  seedPolicy: 'learner',
  labs: [{ key: 0, lab: '', weight: '1' }],
}

export function typedOf(input: AssignmentInput): Typed {
  const { latePolicy, terms, labs } = input
  const isNone = latePolicy.kind === 'perDay' && latePolicy.percent === 0
  return {
    ...emptyTyped,
    ...{ title: input.title, text: input.text, counting: input.counting, seedPolicy: input.seedPolicy },
    ...{ releaseAt: input.releaseAt, dueAt: input.dueAt, lateDueAt: input.lateDueAt },
    late: isNone ? 'none' : latePolicy.kind,
    ...(latePolicy.kind === 'perDay' && !isNone && { percent: String(latePolicy.percent) }),
    ...(latePolicy.kind === 'steps' && {
      steps: latePolicy.steps.map(({ afterHours, percent }, key) => ({
        ...{ key, afterHours: String(afterHours), percent: String(percent) },
      })),
    }),
    graceMinutes: String(latePolicy.graceMinutes),
    cap: String(latePolicy.cap),
    maxAttempts: input.maxAttempts === null ? '' : String(input.maxAttempts),
    minutes: input.minutes === null ? '' : String(input.minutes),
    ...{ hints: terms.hints, liveMap: terms.liveMap, rewind: terms.rewind, hintCost: String(terms.hintCost) },
    labs: labs.map(({ lab, weight }, key) => ({ key, lab, weight: String(weight) })),
  }
}

/** What is sent: not yet an assignment, the server reads it. */
export function inputOf(typed: Typed): Record<keyof Omit<AssignmentInput, 'timeZone'>, unknown> {
  const { late, percent, steps, labs, hints, hintCost, liveMap, rewind, ...rest } = typed
  // Of what is not shown nothing is sent: a mistake in it could not be mended.
  const cap = late === 'none' ? 100 : number(typed.cap)
  const common = { graceMinutes: number(typed.graceMinutes), cap }
  return {
    ...{ title: rest.title, text: rest.text, counting: rest.counting, seedPolicy: rest.seedPolicy },
    ...{ releaseAt: rest.releaseAt, dueAt: rest.dueAt, lateDueAt: rest.lateDueAt },
    latePolicy:
      late === 'steps'
        ? { kind: 'steps', steps: steps.map(stepOf), ...common }
        : { kind: 'perDay', percent: late === 'none' ? 0 : number(percent), ...common },
    maxAttempts: number(rest.maxAttempts),
    minutes: number(rest.minutes),
    terms: { hints, hintCost: number(hintCost), liveMap, rewind },
    labs: labs.map(({ lab, weight }) => ({ lab, weight: number(weight) })),
  }
}

const stepOf = ({ afterHours, percent }: TypedStep) => ({
  afterHours: number(afterHours),
  percent: number(percent),
})

/** '' is none. What is no number stays what was typed: NaN would travel as none. */
export function number(text: string): number | string | null {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '') return null
  const value = Number(trimmed)
  return Number.isFinite(value) ? value : text
}

/** A key that no row has. */
export const nextKey = (rows: readonly { key: number }[]): number =>
  Math.max(-1, ...rows.map(({ key }) => key)) + 1
