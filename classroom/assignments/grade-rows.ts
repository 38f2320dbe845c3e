/**
 * The stored grades: computed by grades/grade.ts from what the database holds, and written in the transaction of whatever changed it. Nothing else
 * writes them.
 */

import type { Assignment } from '../../prisma/client/client.ts'
import type { Database, Transaction } from '../database.ts'
import { gradeOf, type Rules, type Tried } from '../grades/grade.ts'
import { latePolicySchema } from '../grades/late-policy.ts'
import { termsSchema } from '../grades/terms.ts'
import { hintsBefore } from '../hints.ts'
import { holdsNothing } from './handed-problems.ts'

export interface Scope {
  personId?: string
  lab?: string
}

/** One learner's work on one assignment changes in one transaction at a time; the whole assignment's in none of these. */
export async function lockLearner(tx: Transaction, assignmentId: string, personId: string): Promise<void> {
  const key = `${assignmentId} ${personId}`
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0)) FROM "Assignment" WHERE "id" = ${assignmentId}::uuid FOR SHARE`
}

export async function lockAssignment(tx: Transaction, assignmentId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Assignment" WHERE "id" = ${assignmentId}::uuid FOR UPDATE`
}

export const rulesOf = (row: Assignment & { cohort: { timeZone: string } }): Rules => ({
  releaseAt: row.releaseAt,
  dueAt: row.dueAt,
  lateDueAt: row.lateDueAt,
  minutes: row.minutes,
  timeZone: row.cohort.timeZone,
  latePolicy: latePolicySchema.parse(row.latePolicy),
  counting: row.counting,
  terms: termsSchema.parse(row.terms),
})

/** The caller holds the lock. */
export async function rewriteGrades(tx: Transaction, assignmentId: string, scope: Scope): Promise<void> {
  const rules = rulesOf(
    await tx.assignment.findUniqueOrThrow({ where: { id: assignmentId }, include: { cohort: true } }),
  )
  const { personId } = scope
  const [labs, extensions, tried] = await Promise.all([
    tx.assignmentLab.findMany({ where: { assignmentId, ...(scope.lab && { lab: scope.lab }) } }),
    tx.extension.findMany({ where: { assignmentId, ...(personId && { personId }) } }),
    triedIn(tx, assignmentId, scope),
  ])
  const extensionOf = new Map(extensions.map((one) => [one.personId, one]))
  const people = new Set([...extensionOf.keys(), ...tried.keys()])
  const grades = [...people].flatMap((person) =>
    labs.flatMap(({ lab }) => {
      const mine = tried.get(person)?.get(lab) ?? []
      const grade = gradeOf(rules, extensionOf.get(person) ?? null, mine)
      return grade ? [{ assignmentId, personId: person, lab, ...grade }] : []
    }),
  )
  await tx.grade.deleteMany({ where: { assignmentId, ...scope } })
  for (let from = 0; from < grades.length; from += 3_000)
    await tx.grade.createMany({ data: grades.slice(from, from + 3_000) })
}

/** Of all assignments of a cohort. Takes their locks. */
export async function rewriteCohortGrades(tx: Transaction, cohortId: string): Promise<void> {
  const all = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Assignment" WHERE "cohortId" = ${cohortId}::uuid ORDER BY "id" FOR UPDATE`
  for (const { id } of all) await rewriteGrades(tx, id, {})
}

/** Everybody's attempts, by person and lab, in the order in which they were begun. */
export async function triedIn(tx: Transaction | Database, assignmentId: string, scope: Scope) {
  const rows = await tx.attempt.findMany({
    where: { assignmentId, ...scope },
    select: {
      id: true,
      personId: true,
      lab: true,
      state: true,
      submission: {
        select: {
          state: true,
          submittedAt: true,
          problem: true,
          judgements: {
            select: { status: true, score: true, maxScore: true, cause: true },
            orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
            take: 1,
          },
        },
      },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const hints = await hintsBefore(tx, rows)
  const found = new Map<string, Map<string, Tried[]>>()
  for (const { id, personId, lab, state, submission } of rows) {
    // An instructor's word where nothing was handed in, which was taken back: as if it had never been.
    if (submission && holdsNothing(submission) && submission.judgements[0]?.cause !== 'override') continue
    const labs = found.get(personId) ?? new Map<string, Tried[]>()
    found.set(personId, labs.set(lab, [...(labs.get(lab) ?? []), { id, state, submission: handed() }]))

    function handed(): Tried['submission'] {
      if (!submission) return null
      const { judgements, problem: _, ...rest } = submission
      const [newest] = judgements
      const judgement = newest ? { ...newest, overridden: newest.cause === 'override' } : null
      return { ...rest, hints: hints(personId, lab, submission.submittedAt), judgement }
    }
  }
  return found
}
