/**
 * An assignment as an instructor typed it, read: dates as clocks in the cohort's zone, every problem at once with its field, for the one who has to mend
 * it. Pure; knows no database.
 */
import { z } from 'zod'
import { latePolicySchema } from '../grades/late-policy.ts'
import { termsSchema } from '../grades/terms.ts'
import { localOf, momentOf } from '../time-zone.ts'

/** `2026-10-25T18:00`; '' for none. */
const localSchema = z.string().max(40)

export const assignmentInputSchema = z.strictObject({
  /** Whose clocks the dates were typed by; the cohort's, when it is not said. */
  timeZone: z.string().max(64).optional(),
  title: z.string().trim().min(1).max(200),
  text: z.string().max(20_000).refine(withoutNul, { message: 'It holds a character that cannot be stored' }),
  releaseAt: localSchema,
  dueAt: localSchema,
  lateDueAt: localSchema,
  latePolicy: latePolicySchema,
  maxAttempts: z.number().int().min(1).max(1_000).nullable(),
  counting: z.enum(['best', 'last', 'first']),
  /** Of one attempt. */
  minutes: z.number().int().min(1).max(1_440).nullable(),
  terms: termsSchema,
  seedPolicy: z.enum(['learner', 'attempt', 'cohort']),
  labs: z
    .array(z.strictObject({ lab: z.string().max(64), weight: z.number().positive().max(1_000) }))
    .min(1)
    .max(50),
})
export type AssignmentInput = z.infer<typeof assignmentInputSchema>

export type AssignmentData = Omit<AssignmentInput, 'timeZone' | 'releaseAt' | 'dueAt' | 'lateDueAt'> & {
  releaseAt: Date | null
  dueAt: Date | null
  lateDueAt: Date | null
}

/** Each problem begins with the name of its field. */
export type Read<T> = { ok: true; data: T } | { ok: false; problems: string[] }

export function readAssignment(
  input: unknown,
  timeZone: string,
  known: ReadonlySet<string>,
): Read<AssignmentData> {
  const parsed = assignmentInputSchema.safeParse(input)
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${wordsOf(issue)}`)
  const typed = (input ?? {}) as Partial<Record<DateField, unknown>>
  const releaseAt = readDate('releaseAt', typed.releaseAt, timeZone, problems)
  const dueAt = readDate('dueAt', typed.dueAt, timeZone, problems)
  const lateDueAt = readDate('lateDueAt', typed.lateDueAt, timeZone, problems)
  problems.push(...orderProblems({ releaseAt, dueAt, lateDueAt }))
  // Of a form with other mistakes as well: all of them are said at once.
  const labs = assignmentInputSchema.shape.labs.safeParse((input as { labs?: unknown } | null)?.labs)
  if (labs.success) problems.push(...labProblems(labs.data, known))
  if (!parsed.success || problems.length > 0) return { ok: false, problems }
  const { timeZone: _, ...data } = parsed.data
  return { ok: true, data: { ...data, releaseAt, dueAt, lateDueAt } }
}

/** What a schema says is for programmers; what it says of our own rules is not. */
function wordsOf({ code, message }: z.core.$ZodIssue): string {
  if (code === 'too_small') return 'It is missing or too small'
  if (code === 'too_big') return 'It is too much'
  return code === 'custom' ? message : 'It is missing or not understood'
}

type DateField = 'releaseAt' | 'dueAt' | 'lateDueAt'

/** Of an hour that comes twice it is the first; one that is left out is nobody's, and whoever typed it should know. */
export function readDate(field: string, local: unknown, timeZone: string, problems: string[]): Date | null {
  if (typeof local !== 'string' || local.trim() === '') return null
  try {
    const moment = momentOf(timeZone, local)
    const minute = localOf(timeZone, moment)
    if (local.startsWith(minute)) return moment
    problems.push(
      `${field}: in ${timeZone} there is no ${local.slice(0, 16).replace('T', ' ')}: the clocks go from before it to ${minute.slice(11)}`,
    )
  } catch {
    problems.push(`${field}: "${local.slice(0, 40)}" is no date with a time`)
  }
  return null
}

export function orderProblems(dates: Record<DateField, Date | null>): string[] {
  const { releaseAt, dueAt, lateDueAt } = dates
  return [
    ...(releaseAt && dueAt && dueAt <= releaseAt ? ['dueAt: It is not after the release'] : []),
    ...(dueAt && lateDueAt && lateDueAt < dueAt ? ['lateDueAt: It is before the due date'] : []),
    ...(lateDueAt && !dueAt ? ['lateDueAt: Late needs a due date'] : []),
  ]
}

function labProblems(labs: AssignmentInput['labs'], known: ReadonlySet<string>): string[] {
  const ids = labs.map(({ lab }) => lab)
  return [
    ...ids.flatMap((id, i) =>
      known.has(id) ? [] : [`labs.${i}: ${id ? `There is no lab "${id}"` : 'No lab is chosen'}`],
    ),
    ...ids.flatMap((id, i) =>
      id === '' || ids.indexOf(id) === i ? [] : [`labs.${i}: The lab "${id}" is here twice`],
    ),
  ]
}

function withoutNul(text: string): boolean {
  return !text.includes('\0')
}
