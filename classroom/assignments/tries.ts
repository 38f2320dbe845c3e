/**
 * A try at one lab of an assignment: begun while it is open and attempts are left, on a machine with the seed that the assignment says, until its
 * deadline. Knows no grading (submissions.ts hands it in).
 */
import type { SandboxClient } from '../../sandbox/client.ts'
import { type AttemptRow, isOpen } from '../attempt-rows.ts'
import { requireLiveCohort } from '../cohorts.ts'
import { type Database, patient, type Transaction } from '../database.ts'
import { datesFor, deadlineOf, lastMoment } from '../grades/deadline.ts'
import { spent } from '../grades/grade.ts'
import { seedOf } from '../grades/seeds.ts'
import { machines } from '../machines.ts'
import { alreadyHandedIn, cannotStart, unknownLab } from '../refusal.ts'
import { localOf } from '../time-zone.ts'
import type { AttemptView, Person } from '../types.ts'
import { requireAssignment } from './assignments.ts'
import { lockLearner, rewriteGrades, triedIn } from './grade-rows.ts'

export function tries(db: Database, sandboxes: SandboxClient) {
  const { startMachine, withMachine } = machines(db, sandboxes)

  return {
    /** The open try if there is one, else a new one: a double click and two tabs get the same machine. */
    async startTry(person: Person, assignmentId: string, lab: string): Promise<AttemptView> {
      const row = await begin(person, assignmentId, lab)
      if (row.deadlineAt && row.deadlineAt <= new Date()) throw alreadyHandedIn()
      const seen = await withMachine(row)
      if (!isOpen(seen)) return this.startTry(person, assignmentId, lab)
      const view = seen.sandbox ? seen : await startMachine(row, person.role)
      return longEnough(row, view)
    },

    /** The one that is open, with its machine. */
    async currentTry(person: Person, assignmentId: string, lab: string): Promise<AttemptView | null> {
      await requireAssignment(db, person, 'assignment.work', assignmentId)
      const row = await open(db, person, assignmentId, lab)
      return row && withMachine(row)
    },
  }

  /** The machine lives until the deadline, as far as the service lets it. */
  async function longEnough(row: AttemptRow, view: AttemptView): Promise<AttemptView> {
    const { sandbox } = view
    if (!sandbox || !row.deadlineAt || Date.parse(sandbox.expiresAt) > row.deadlineAt.getTime()) return view
    const longer = await sandboxes.extend(row.id).catch(() => sandbox)
    return { ...view, sandbox: longer }
  }

  async function begin(person: Person, assignmentId: string, lab: string): Promise<AttemptRow> {
    const { cohortId } = await requireAssignment(db, person, 'assignment.work', assignmentId)
    await requireLiveCohort(db, person, 'assignment.work', cohortId)
    return db.$transaction(async (tx) => {
      await lockLearner(tx, assignmentId, person.id)
      // Read again under the lock: it may just have been changed.
      const row = await requireAssignment(tx, person, 'assignment.work', assignmentId)
      if (!row.labs.some((one) => one.lab === lab)) throw unknownLab(lab)
      const running = await open(tx, person, assignmentId, lab)
      if (running) return running
      const key = { assignmentId, personId: person.id }
      const extension = await tx.extension.findUnique({ where: { assignmentId_personId: key } })
      const [now, dates] = [new Date(), datesFor(row, extension)]
      requireInTime(dates, now, row.cohort.timeZone)
      const before =
        (await triedIn(tx, assignmentId, { personId: person.id, lab })).get(person.id)?.get(lab) ?? []
      const used = before.filter(spent).length
      const most = row.maxAttempts === null ? Infinity : row.maxAttempts + (extension?.extraAttempts ?? 0)
      if (used >= most) throw noneLeft(most)
      const { seedKey, seedPolicy } = row
      const seed = seedOf({ seedKey, seedPolicy, lab, personId: person.id, number: used + 1 })
      const attempt = await tx.attempt.create({
        data: { ...key, lab, seed, createdAt: now, deadlineAt: deadlineOf(dates, now) },
      })
      await rewriteGrades(tx, assignmentId, { personId: person.id, lab })
      return attempt
    }, patient)
  }
}

/** What is handed in and still has a machine to be checked is not open any more. */
const open = (db: Database | Transaction, person: Person, assignmentId: string, lab: string) =>
  db.attempt.findFirst({
    where: { personId: person.id, assignmentId, lab, state: { in: ['starting', 'running'] } },
  })

function requireInTime(dates: ReturnType<typeof datesFor>, now: Date, timeZone: string): void {
  const when = (date: Date) => `${localOf(timeZone, date).replace('T', ', ')} (${timeZone})`
  if (dates.releaseAt && now < dates.releaseAt)
    throw cannotStart(
      'not-released',
      `This assignment opens on ${when(dates.releaseAt)}.`,
      'Come back then; the labs of the course can be practised before.',
    )
  const last = lastMoment(dates)
  if (last && now >= last)
    throw cannotStart(
      'too-late',
      `This assignment closed on ${when(last)}: nothing that is begun now could count.`,
      'Ask your instructor for an extension, or start the lab from its chapter for practice.',
    )
}

const noneLeft = (most: number) =>
  cannotStart(
    'no-attempts-left',
    `You have handed in ${most === 1 ? 'the one attempt' : `all ${most} attempts`} that this assignment gives for this lab.`,
    'Start the lab from its chapter for practice; it does not count there.',
  )
