/**
 * Attempts as they are stored: finding them within someone's rights, opening, closing. Knows of the sandbox service only that it may say
 * a machine is gone.
 */
import { givenSchema } from '../labs/schema.ts'
import type { Attempt } from '../prisma/client/client.ts'
import type { Problem, SandboxStatus } from '../sandbox/protocol/status.ts'
import { problemSchema } from '../sandbox/protocol/status.ts'
import { lockLearner, rewriteGrades } from './assignments/grade-rows.ts'
import { type Database, isDuplicate, json, patient } from './database.ts'
import { type Terms, termsSchema } from './grades/terms.ts'
import {
  alreadyHandedIn,
  attemptClosed,
  machineGone,
  noSuchAttempt,
  notAllowedHere,
  Refusal,
  refusalOf,
} from './refusal.ts'
import { type Action, may } from './rights.ts'
import { isId, standingToOwned } from './standing.ts'
import type { AttemptState, AttemptView, Person } from './types.ts'

export type AttemptRow = Attempt

const openStates = ['starting', 'running'] satisfies AttemptState[]
const closedProblem = problemSchema.nullable().catch(null)
const answersKept = givenSchema.nullable().catch(null)

export function isOpen(attempt: { state: AttemptState }): boolean {
  return attempt.state === 'starting' || attempt.state === 'running'
}

export function viewOf(row: AttemptRow, status: SandboxStatus | null, problem?: Problem): AttemptView {
  return {
    id: row.id,
    lab: row.lab,
    assignment: row.assignmentId,
    seed: row.seed,
    generation: row.generation,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    answers: answersKept.parse(row.answers),
    sandbox: isOpen(row) ? status : null,
    problem: problem ?? (isOpen(row) ? (status?.problem ?? null) : closedProblem.parse(row.problem)),
  }
}

export function attemptRows(db: Database) {
  return {
    ...{ newest, open, allOpen, create, visible, owned, workable, rewindable, withoutMap, running, close },
    asking,
  }

  /** Of those for practice, as in `open` and `create`. */
  function newest(person: Person, lab: string): Promise<AttemptRow | null> {
    return db.attempt.findFirst({
      where: { personId: person.id, lab, assignmentId: null },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    })
  }

  function open(person: Person, lab: string): Promise<AttemptRow | null> {
    return db.attempt.findFirst({
      where: { personId: person.id, lab, assignmentId: null, state: { in: openStates } },
    })
  }

  function allOpen(person: Person): Promise<AttemptRow[]> {
    return db.attempt.findMany({
      where: { personId: person.id, state: { in: openStates } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    })
  }

  /** The database allows one open attempt per person and lab: whoever comes second gets the first one's. */
  async function create(person: Person, lab: string, seed: number): Promise<AttemptRow> {
    try {
      return await db.attempt.create({ data: { personId: person.id, lab, seed } })
    } catch (error) {
      const first = isDuplicate(error) ? await open(person, lab) : null
      if (!first) throw error
      return first
    }
  }

  async function visible(person: Person, id: string, action: Action = 'attempt.see') {
    if (!isId(id)) return null
    const row = await db.attempt.findUnique({ where: { id } })
    return row && may(person, action, standingToOwned(person, row)) ? row : null
  }

  async function owned(person: Person, id: string): Promise<AttemptRow> {
    const row = await visible(person, id, 'attempt.work')
    if (!row) throw noSuchAttempt()
    return row
  }

  /** Theirs and still open; else a refusal that says which. */
  async function workable(person: Person, id: string): Promise<AttemptRow> {
    const row = await owned(person, id)
    if (!isOpen(row)) throw attemptClosed()
    if (row.assignmentId && (await handedIn(row))) throw alreadyHandedIn()
    return row
  }

  /** Workable, and its terms allow to go back in time. */
  async function rewindable(person: Person, id: string): Promise<AttemptRow> {
    const row = await workable(person, id)
    if ((await termsOf(row))?.rewind === false) throw notAllowedHere('going back in time')
    return row
  }

  /** Its assignment hides the live map, whatever the lab says. */
  async function withoutMap(row: AttemptRow): Promise<boolean> {
    return (await termsOf(row))?.liveMap === false
  }

  async function termsOf({ assignmentId }: AttemptRow): Promise<Terms | null> {
    if (!assignmentId) return null
    const { terms } = await db.assignment.findUniqueOrThrow({ where: { id: assignmentId } })
    return termsSchema.parse(terms)
  }

  /** By the learner, or by the clock: nothing is done to it any more, although its machine may still be there to be checked. */
  async function handedIn(row: AttemptRow): Promise<boolean> {
    if (row.deadlineAt && row.deadlineAt <= new Date()) return true
    return (await db.submission.count({ where: { attemptId: row.id } })) > 0
  }

  function running(row: AttemptRow, generation: number, startedAt: Date): Promise<AttemptRow> {
    return change(row, openStates, { state: 'running', generation, startedAt: row.startedAt ?? startedAt })
  }

  /** Closes an open attempt, or only one that is still in the state given. What is closed already stays as it was closed. */
  function close(
    row: AttemptRow,
    state: 'finished' | 'lost' | 'failed',
    problem: Problem | null = null,
    only?: AttemptState,
  ): Promise<AttemptRow> {
    const data = { state, endedAt: new Date(), ...(problem && { problem: json(problem) }) }
    return change(row, only ? [only] : openStates, data)
  }

  /** Compare and set: another tab may have been here since the row was read. */
  async function change(row: AttemptRow, from: AttemptState[], data: object): Promise<AttemptRow> {
    const where = { id: row.id, state: { in: from } }
    const { assignmentId, personId, lab } = row
    if (!assignmentId) await db.attempt.updateMany({ where, data })
    else
      await db.$transaction(async (tx) => {
        await lockLearner(tx, assignmentId, personId)
        await tx.attempt.updateMany({ where, data })
        await rewriteGrades(tx, assignmentId, { personId, lab })
      }, patient)
    return db.attempt.findUniqueOrThrow({ where: { id: row.id } })
  }

  /** A request about the machine of this attempt. When the service does not know the machine any more, the attempt is lost. */
  async function asking<T>(row: AttemptRow, request: () => Promise<T>): Promise<T> {
    try {
      return await request()
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal.status !== 404) throw refusal
      await close(row, 'lost', machineGone)
      throw new Refusal(410, machineGone, { cause: error })
    }
  }
}
