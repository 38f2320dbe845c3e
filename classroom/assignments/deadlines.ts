/**
 * The deadlines of attempts that run: written when one begins, when its machine is ready, and when what the assignment or an extension gives has changed.
 * Knows no machine.
 */
import { type AttemptRow, isOpen } from '../attempt-rows.ts'
import { type Database, patient, type Transaction } from '../database.ts'
import { datesFor, deadlineOf } from '../grades/deadline.ts'
import { lockLearner } from './grade-rows.ts'

/**
 * A class that begins together waits in a queue of starts, the last one for most of a minute: nobody's time runs meanwhile. Once for each attempt;
 * what is over stays so.
 */
export async function timeBegins(db: Database, row: AttemptRow, readyAt: Date): Promise<AttemptRow> {
  const { id, assignmentId, personId } = row
  if (!assignmentId) return row
  return db.$transaction(async (tx) => {
    await lockLearner(tx, assignmentId, personId)
    const now = await tx.attempt.findUniqueOrThrow({ where: { id }, include: { submission: true } })
    const isOver = now.submission !== null || (now.deadlineAt !== null && now.deadlineAt <= new Date())
    if (!isOpen(now) || isOver || now.readyAt) return now
    await tx.attempt.update({ where: { id }, data: { readyAt } })
    await rewriteDeadlines(tx, assignmentId, personId)
    return tx.attempt.findUniqueOrThrow({ where: { id } })
  }, patient)
}

/** Attempts that run get the time that the assignment and the extension give now. */
export async function rewriteDeadlines(
  tx: Transaction,
  assignmentId: string,
  personId?: string,
): Promise<void> {
  const row = await tx.assignment.findUniqueOrThrow({ where: { id: assignmentId } })
  const where = { assignmentId, ...(personId && { personId }) }
  const running = await tx.attempt.findMany({
    where: { ...where, state: { in: ['starting', 'running'] }, submission: null },
  })
  const extensions = await tx.extension.findMany({ where })
  const now = new Date()
  for (const { id, personId: whose, createdAt, readyAt, deadlineAt: before } of running) {
    const extension = extensions.find((one) => one.personId === whose) ?? null
    const ends = deadlineOf(datesFor(row, extension), readyAt ?? createdAt)
    // Time that is taken back ends now: whoever worked in it did so while it was theirs.
    const isCut = ends !== null && ends < now && (before === null || before > now)
    await tx.attempt.update({ where: { id }, data: { deadlineAt: isCut ? now : ends } })
  }
}
