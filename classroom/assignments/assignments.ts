/**
 * Assignments: made, changed, published, deleted, and other terms for one learner. What a change does to deadlines that run and to grades is written in
 * its transaction, and so is its line in the audit log. Knows no machine and no page.
 */
import { createHash } from 'node:crypto'
import type { Assignment, AssignmentLab, Extension } from '../../prisma/client/client.ts'
import { note } from '../audit.ts'
import { requireLiveCohort } from '../cohorts.ts'
import { type Database, json, patient, type Transaction } from '../database.ts'
import { latePolicySchema } from '../grades/late-policy.ts'
import { newSeedKey } from '../grades/seeds.ts'
import { termsSchema } from '../grades/terms.ts'
import { badAssignment, cannotStart, noSuchThing } from '../refusal.ts'
import { type Action, may } from '../rights.ts'
import { isId, requireCohort, standingInCohort } from '../standing.ts'
import { localOf } from '../time-zone.ts'
import type { Person } from '../types.ts'
import { rewriteDeadlines } from './deadlines.ts'
import { lockAssignment, rewriteGrades } from './grade-rows.ts'
import { type AssignmentData, type AssignmentInput, readAssignment, readDate } from './input.ts'
import { takenAway } from './taken-away.ts'

export interface AssignmentView extends AssignmentInput {
  id: string
  cohortId: string
  /** The cohort's: the dates of the view are clocks there. */
  timeZone: string
  publishedAt: string | null
  moments: { releaseAt: string | null; dueAt: string | null; lateDueAt: string | null }
  /** Somebody has begun: little may be taken away any more. */
  begun: boolean
  /** Of what can be changed: another one when somebody has changed it. */
  version: string
}

export interface ExtensionInput {
  /** Whose clocks the dates were typed by; the cohort's, when it is not said. */
  timeZone?: string
  /** '' for as the assignment says. */
  dueAt: string
  lateDueAt: string
  extraMinutes: number
  extraAttempts: number
  excused: boolean
  reason: string
}

const nothing = { dueAt: '', lateDueAt: '', extraMinutes: 0, extraAttempts: 0 }

type Row = Assignment & { labs: AssignmentLab[]; cohort: { timeZone: string } }
const whole = { labs: { orderBy: { position: 'asc' } }, cohort: { select: { timeZone: true } } } as const

export function assignments(db: Database, known: ReadonlySet<string>) {
  return {
    /** In the order in which they are due; drafts only for who may change them. */
    async assignments(person: Person, cohortId: string): Promise<AssignmentView[]> {
      await requireCohort(db, person, 'assignment.see', cohortId)
      const drafts = may(person, 'assignment.change', await standingInCohort(db, person, cohortId))
      const rows = await db.assignment.findMany({
        where: { cohortId, ...(!drafts && { publishedAt: { not: null } }) },
        include: { ...whole, _count: { select: { attempts: true } } },
        orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
      })
      return rows.map((row) => viewOf(row, row._count.attempts > 0))
    },

    async assignment(person: Person, id: string): Promise<AssignmentView> {
      const row = await requireAssignment(db, person, 'assignment.see', id)
      return viewOf(row, (await db.attempt.count({ where: { assignmentId: id } })) > 0)
    },

    async makeAssignment(person: Person, cohortId: string, input: AssignmentInput): Promise<string> {
      const { timeZone } = await requireLiveCohort(db, person, 'assignment.change', cohortId)
      const { labs, ...data } = read(input, timeZone)
      return db.$transaction(async (tx) => {
        const { id } = await tx.assignment.create({
          data: { ...columnsOf(data), cohortId, seedKey: newSeedKey() },
        })
        await writeLabs(tx, id, labs)
        await note(tx, person, { action: 'assignment.made', cohortId, detail: { title: data.title } })
        return id
      })
    },

    /**
     * @param version that was changed; whatever stands there when it is missing
     * @returns the new one
     * @throws Refusal when it takes away what somebody who has begun counts on, or would overwrite what somebody else has saved meanwhile
     */
    async changeAssignment(
      person: Person,
      id: string,
      input: AssignmentInput,
      version?: string,
    ): Promise<string> {
      const row = await requireAssignment(db, person, 'assignment.change', id)
      await requireLiveCohort(db, person, 'assignment.change', row.cohortId)
      const { labs, ...data } = read(input, row.cohort.timeZone)
      return db.$transaction(async (tx) => {
        await lockAssignment(tx, id)
        const before = await tx.assignment.findUniqueOrThrow({ where: { id }, include: whole })
        if (version !== undefined && version !== versionOf(dataOf(before))) throw changedMeanwhile()
        const begun = await tx.attempt.findMany({
          where: { assignmentId: id },
          distinct: ['lab'],
          select: { lab: true },
        })
        if (begun.length > 0) {
          const labsBegun = new Set(begun.map(({ lab }) => lab))
          const taken = takenAway(dataOf(before), { ...data, labs }, labsBegun, row.cohort.timeZone)
          if (taken.length > 0) throw badAssignment(taken)
        }
        await tx.assignment.update({ where: { id }, data: columnsOf(data) })
        await tx.assignmentLab.deleteMany({ where: { assignmentId: id } })
        await writeLabs(tx, id, labs)
        await rewriteDeadlines(tx, id)
        await rewriteGrades(tx, id, {})
        await note(tx, person, {
          action: 'assignment.changed',
          cohortId: row.cohortId,
          detail: {
            title: data.title,
            before: json(plain(dataOf(before))),
            after: json(plain({ ...data, labs })),
          },
        })
        return versionOf(dataOf(await tx.assignment.findUniqueOrThrow({ where: { id }, include: whole })))
      }, patient)
    },

    /** Learners see it from now on, and may begin from its release on. Twice is once. */
    async publishAssignment(person: Person, id: string): Promise<void> {
      const { cohortId, title } = await requireAssignment(db, person, 'assignment.change', id)
      await requireLiveCohort(db, person, 'assignment.change', cohortId)
      await db.$transaction(async (tx) => {
        const { count } = await tx.assignment.updateMany({
          where: { id, publishedAt: null },
          data: { publishedAt: new Date() },
        })
        if (count > 0) await note(tx, person, { action: 'assignment.published', cohortId, detail: { title } })
      })
    },

    /** Only while nobody has begun: grades do not vanish. */
    async deleteAssignment(person: Person, id: string): Promise<void> {
      const { cohortId, title } = await requireAssignment(db, person, 'assignment.change', id)
      await requireLiveCohort(db, person, 'assignment.change', cohortId)
      await db.$transaction(async (tx) => {
        await lockAssignment(tx, id)
        if ((await tx.attempt.count({ where: { assignmentId: id } })) > 0) throw begunAlready()
        await tx.assignment.deleteMany({ where: { id } })
        await note(tx, person, { action: 'assignment.deleted', cohortId, detail: { title } })
      })
    },

    async extensions(person: Person, id: string): Promise<(ExtensionInput & { personId: string })[]> {
      const { cohort } = await requireAssignment(db, person, 'grade.see', id)
      const rows = await db.extension.findMany({ where: { assignmentId: id }, orderBy: { personId: 'asc' } })
      return rows.map(({ dueAt, lateDueAt, assignmentId: _, updatedAt: __, ...rest }) => ({
        ...rest,
        dueAt: dueAt ? localOf(cohort.timeZone, dueAt) : '',
        lateDueAt: lateDueAt ? localOf(cohort.timeZone, lateDueAt) : '',
      }))
    },

    async giveExtension(person: Person, id: string, personId: string, input: ExtensionInput): Promise<void> {
      const row = await requireAssignment(db, person, 'assignment.change', id)
      await requireLiveCohort(db, person, 'assignment.change', row.cohortId)
      await requireLearner(row.cohortId, personId)
      const data = readExtension(input, row.cohort.timeZone)
      await changeTerms(id, personId, async (tx) => {
        const key = { assignmentId: id, personId }
        await tx.extension.upsert({
          where: { assignmentId_personId: key },
          create: { ...key, ...data },
          update: data,
        })
        const detail = { title: row.title, ...plain(data) }
        await note(tx, person, {
          action: 'extension.given',
          cohortId: row.cohortId,
          subjectId: personId,
          detail,
        })
      })
    },

    /** Their other terms, if they have some, stay as they are. */
    async excuseLearner(person: Person, id: string, personId: string, reason: string): Promise<void> {
      const row = await requireAssignment(db, person, 'assignment.change', id)
      await requireLiveCohort(db, person, 'assignment.change', row.cohortId)
      await requireLearner(row.cohortId, personId)
      const { cohort, title, cohortId } = row
      const terms = readExtension({ ...nothing, excused: true, reason }, cohort.timeZone)
      await changeTerms(id, personId, async (tx) => {
        const key = { assignmentId: id, personId }
        await tx.extension.upsert({
          where: { assignmentId_personId: key },
          create: { ...key, ...terms },
          update: { excused: true, reason: terms.reason },
        })
        const detail = { title, excused: true, reason: terms.reason }
        await note(tx, person, { action: 'extension.given', cohortId, subjectId: personId, detail })
      })
    },

    async takeExtension(person: Person, id: string, personId: string): Promise<void> {
      const row = await requireAssignment(db, person, 'assignment.change', id)
      await requireLiveCohort(db, person, 'assignment.change', row.cohortId)
      await requireLearner(row.cohortId, personId)
      await changeTerms(id, personId, async (tx) => {
        const { count } = await tx.extension.deleteMany({ where: { assignmentId: id, personId } })
        const deed = { cohortId: row.cohortId, subjectId: personId, detail: { title: row.title } }
        if (count > 0) await note(tx, person, { action: 'extension.taken', ...deed })
      })
    },
  }

  function read(input: AssignmentInput, timeZone: string): AssignmentData {
    requireZone(input, timeZone)
    const found = readAssignment(input, timeZone, known)
    if (!found.ok) throw badAssignment(found.problems)
    return found.data
  }

  async function requireLearner(cohortId: string, personId: string): Promise<void> {
    const where = { cohortId, personId, role: 'learner' } as const
    if (!isId(personId) || (await db.enrollment.count({ where })) === 0) throw noSuchThing()
  }

  function changeTerms(id: string, personId: string, change: (tx: Transaction) => Promise<void>) {
    return db.$transaction(async (tx) => {
      await lockAssignment(tx, id)
      await change(tx)
      await rewriteDeadlines(tx, id, personId)
      await rewriteGrades(tx, id, { personId })
    }, patient)
  }
}

/** The assignment, for who may do this in its cohort; a draft only for who may change it. */
export async function requireAssignment(
  db: Database | Transaction,
  person: Person,
  action: Action,
  id: string,
): Promise<Row> {
  const row = isId(id) ? await db.assignment.findUnique({ where: { id }, include: whole }) : null
  if (!row) throw noSuchThing()
  const standing = await standingInCohort(db, person, row.cohortId)
  if (!may(person, action, standing)) throw noSuchThing()
  if (row.publishedAt === null && !may(person, 'assignment.change', standing)) throw noSuchThing()
  return row
}

function readExtension(
  input: ExtensionInput,
  timeZone: string,
): Omit<Extension, 'assignmentId' | 'personId' | 'updatedAt'> {
  requireZone(input, timeZone)
  const problems: string[] = []
  const dueAt = readDate('dueAt', input.dueAt, timeZone, problems)
  const lateDueAt = readDate('lateDueAt', input.lateDueAt, timeZone, problems)
  const reason = input.reason.trim()
  const count = (field: 'extraMinutes' | 'extraAttempts', most: number) => {
    const value = input[field]
    if (!Number.isInteger(value) || value < 0 || value > most)
      problems.push(`${field}: It is no whole number from 0 to ${most}`)
    return value
  }
  const extraMinutes = count('extraMinutes', 10_080)
  const extraAttempts = count('extraAttempts', 1_000)
  if (reason === '' || reason.length > 2_000 || reason.includes('\0'))
    problems.push('reason: Say why, in at most 2,000 characters')
  if (dueAt && lateDueAt && lateDueAt < dueAt) problems.push('lateDueAt: It is before the due date')
  if (problems.length > 0) throw badAssignment(problems)
  return { dueAt, lateDueAt, extraMinutes, extraAttempts, excused: input.excused === true, reason }
}

/** A form that was opened before the cohort moved to another zone shows clocks of the old one: read by the new one they would be other moments. */
function requireZone(input: { timeZone?: unknown } | null, timeZone: string): void {
  const typedBy = input?.timeZone
  if (typedBy !== undefined && typedBy !== timeZone) throw zoneChanged(timeZone)
}

const columnsOf = ({ latePolicy, terms, ...rest }: Omit<AssignmentData, 'labs'>) => ({
  ...rest,
  latePolicy: json(latePolicy) as object,
  terms: json(terms) as object,
})

async function writeLabs(tx: Transaction, assignmentId: string, labs: AssignmentData['labs']): Promise<void> {
  await tx.assignmentLab.createMany({
    data: labs.map((one, position) => ({ ...one, position, assignmentId })),
  })
}

function dataOf(row: Row): AssignmentData {
  const { title, text, releaseAt, dueAt, lateDueAt, maxAttempts, counting, minutes, seedPolicy } = row
  const labs = row.labs.map(({ lab, weight }) => ({ lab, weight }))
  const [latePolicy, terms] = [latePolicySchema.parse(row.latePolicy), termsSchema.parse(row.terms)]
  return {
    title,
    text,
    releaseAt,
    dueAt,
    lateDueAt,
    maxAttempts,
    counting,
    minutes,
    seedPolicy,
    latePolicy,
    terms,
    labs,
  }
}

function viewOf(row: Row, begun: boolean): AssignmentView {
  const { timeZone } = row.cohort
  const data = dataOf(row)
  const local = (date: Date | null) => (date ? localOf(timeZone, date) : '')
  const iso = (date: Date | null) => date?.toISOString() ?? null
  return {
    ...data,
    id: row.id,
    cohortId: row.cohortId,
    timeZone,
    releaseAt: local(data.releaseAt),
    dueAt: local(data.dueAt),
    lateDueAt: local(data.lateDueAt),
    moments: { releaseAt: iso(data.releaseAt), dueAt: iso(data.dueAt), lateDueAt: iso(data.lateDueAt) },
    publishedAt: iso(row.publishedAt),
    begun,
    version: versionOf(data),
  }
}

/** By its content: a draft that is published, or two who save the same, are no conflict. */
const versionOf = (data: AssignmentData): string =>
  createHash('sha256').update(JSON.stringify(data)).digest('base64url').slice(0, 16)

const plain = (value: object): Record<string, unknown> => JSON.parse(JSON.stringify(value))

const begunAlready = () =>
  cannotStart(
    'assignment-begun',
    'Somebody has begun this assignment, so it cannot be deleted: their work and their grades would vanish.',
    'Excuse the learners, or set its weight low, and say so in its text.',
  )

const changedMeanwhile = () =>
  cannotStart(
    'assignment-changed',
    'Somebody else has saved this assignment since you opened it.',
    'What you typed is still here. See in another tab what stands there now; saved once more, yours takes its place.',
  )

const zoneChanged = (timeZone: string) =>
  cannotStart(
    'zone-changed',
    `The cohort’s clocks are those of ${timeZone} now; these dates were typed by others, so nothing was saved.`,
    'Note down what you have typed and load the page again: it shows the same moments by the new clocks.',
  )
