/**
 * An instructor's word on a grade: of what was handed in, or where nothing was, for instance because it was shown on paper. It stands as it is, with a reason.
 * Asks no machine.
 */
import { note } from '../audit.ts'
import { requireLiveCohort } from '../cohorts.ts'
import { type Database, json, type Transaction } from '../database.ts'
import { datesFor } from '../grades/deadline.ts'
import { spent } from '../grades/grade.ts'
import { seedOf } from '../grades/seeds.ts'
import { badFields, cannotStart, noSuchThing } from '../refusal.ts'
import { isId } from '../standing.ts'
import type { Person } from '../types.ts'
import { requireAssignment } from './assignments.ts'
import { lockAssignment, rewriteGrades, triedIn } from './grade-rows.ts'
import { holdsNothing, nothingHandedIn } from './handed-problems.ts'

export interface Word {
  /** In hundredths of the full mark; hints and lateness take nothing off it. */
  percent: number
  reason: string
}

/** Whose grade of what. */
interface Place {
  assignmentId: string
  personId: string
  lab: string
}

export function overrides(db: Database) {
  return {
    async overrideGrade(
      person: Person,
      submissionId: string,
      percent: number,
      reason: string,
    ): Promise<void> {
      if (!isId(submissionId)) throw noSuchThing()
      const found = await db.submission.findUnique({
        where: { attemptId: submissionId },
        include: { attempt: true },
      })
      if (!found?.attempt.assignmentId) throw noSuchThing()
      const { assignmentId, personId, lab } = found.attempt
      await say(person, { assignmentId, personId, lab }, { percent, reason }, async (tx) => {
        const { state } = await tx.submission.findUniqueOrThrow({ where: { attemptId: submissionId } })
        if (state === 'due') throw notYetChecked()
        return submissionId
      })
    },

    /** Where nothing was handed in: an attempt that never began holds the word, and is none of those that are left. */
    async gradeUnsubmitted(person: Person, place: Place, percent: number, reason: string): Promise<void> {
      const { assignmentId, personId, lab } = place
      const { cohortId, labs } = await requireAssignment(db, person, 'grade.change', assignmentId)
      if (!isId(personId) || !labs.some((one) => one.lab === lab)) throw noSuchThing()
      const learner = { cohortId, personId, role: 'learner' } as const
      if ((await db.enrollment.count({ where: learner })) === 0) throw noSuchThing()
      await say(person, place, { percent, reason }, (tx) => holder(tx, place))
    },
  }

  async function say(
    person: Person,
    { assignmentId, personId, lab }: Place,
    { percent, reason }: Word,
    submissionIn: (tx: Transaction) => Promise<string>,
  ): Promise<void> {
    const { cohortId, title } = await requireAssignment(db, person, 'grade.change', assignmentId)
    await requireLiveCohort(db, person, 'grade.change', cohortId)
    requireOverride(percent, reason)
    const judged = { status: percent === 100 ? 'pass' : 'fail', score: percent, maxScore: 100 } as const
    const why = { reason: reason.trim() }
    await db.$transaction(async (tx) => {
      await lockAssignment(tx, assignmentId)
      const submission = await submissionIn(tx)
      await tx.judgement.create({
        data: { submissionId: submission, cause: 'override', byId: person.id, ...why, ...judged },
      })
      await rewriteGrades(tx, assignmentId, { personId, lab })
      const detail = { title, lab, submission, score: percent, maxScore: 100, ...why }
      await note(tx, person, { action: 'grade.overridden', cohortId, subjectId: personId, detail })
    })
  }
}

/** The one that holds such a word, also when an earlier one was taken back. */
async function holder(tx: Transaction, { assignmentId, personId, lab }: Place): Promise<string> {
  const handed = await tx.submission.findMany({ where: { attempt: { assignmentId, personId, lab } } })
  const [held, ...others] = handed
  if (others.length > 0 || (held && !holdsNothing(held))) throw handedInMeanwhile()
  return held?.attemptId ?? makeHolder(tx, { assignmentId, personId, lab })
}

async function makeHolder(tx: Transaction, place: Place): Promise<string> {
  const { assignmentId, personId, lab } = place
  const row = await tx.assignment.findUniqueOrThrow({ where: { id: assignmentId } })
  const key = { assignmentId, personId }
  const extension = await tx.extension.findUnique({ where: { assignmentId_personId: key } })
  const tried = (await triedIn(tx, assignmentId, { personId, lab })).get(personId)?.get(lab) ?? []
  const { seedKey, seedPolicy } = row
  const seed = seedOf({ seedKey, seedPolicy, lab, personId, number: tried.filter(spent).length + 1 })
  const now = new Date()
  const { dueAt } = datesFor(row, extension)
  const { id } = await tx.attempt.create({ data: { ...place, seed, state: 'finished', endedAt: now } })
  await tx.submission.create({
    data: {
      ...{ attemptId: id, state: 'error', automatic: false, problem: json(nothingHandedIn) },
      // Whoever handed nothing in was not late with it.
      submittedAt: dueAt && dueAt < now ? dueAt : now,
    },
  })
  return id
}

function requireOverride(percent: number, reason: string): void {
  const isPercent = Number.isFinite(percent) && percent >= 0 && percent <= 100
  const says = reason.trim() !== '' && reason.length <= 2_000 && !reason.includes('\0')
  const problems = [
    ...(isPercent ? [] : ['score: It is no number from 0 to 100']),
    ...(says ? [] : ['reason: Say why, in at most 2,000 characters']),
  ]
  if (problems.length > 0) throw badFields('bad-override', 'The grade cannot be set', problems)
}

const notYetChecked = () =>
  cannotStart(
    'not-yet-checked',
    'This submission is being checked now. Nothing was changed.',
    'Set its grade when its verdict is there.',
  )

const handedInMeanwhile = () =>
  cannotStart(
    'handed-in-meanwhile',
    'Something has been handed in here since you opened this grade. Nothing was changed.',
    'Open the grade again: it shows what was handed in, and can be set there.',
  )
