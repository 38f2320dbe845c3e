/**
 * Archiving a cohort: what goes on in it ends with it. Its workshop room is closed and its screen taken down in the same transaction, so that neither
 * is there again when the cohort is taken out of the archive; who looks at machines of its learners is sent away. Knows no page and nobody's connection.
 */
import type { SandboxClient } from '../sandbox/client.ts'
import { note } from './audit.ts'
import type { Database, Transaction } from './database.ts'
import { dismissGuests } from './looking/dismissal.ts'
import { cohortArchived } from './refusal.ts'
import { lockOpenRoom, shutRoom } from './room/rooms.ts'
import { requireCohort } from './standing.ts'
import type { Person } from './types.ts'

export function archiving(db: Database, sandboxes: SandboxClient) {
  return {
    async archiveCohort(person: Person, id: string): Promise<void> {
      await requireCohort(db, person, 'cohort.change', id)
      await db.$transaction(async (tx) => {
        // Nothing begins in it any more. Weaker than the update below: who leads the room may still open a lab in the cohort.
        await tx.$queryRaw`SELECT 1 FROM "Cohort" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`
        await closeRoom(tx, person, id)
        await endScreen(tx, person, id)
        await archive(tx, person, id)
      })
      await dismissGuests(sandboxes, { person: null, cohort: id })
    },
  }
}

async function closeRoom(tx: Transaction, person: Person, cohortId: string): Promise<void> {
  const room = await lockOpenRoom(tx, cohortId)
  if (!room) return
  await shutRoom(tx, room.id)
  await note(tx, person, { action: 'room.closed', cohortId })
}

async function endScreen(tx: Transaction, person: Person, cohortId: string): Promise<void> {
  const attempt = { select: { personId: true, lab: true } }
  const found = await tx.screen.findUnique({ where: { cohortId }, include: { attempt } })
  if (!found) return
  await tx.screen.deleteMany({ where: { cohortId } })
  const { personId: subjectId, lab } = found.attempt
  await note(tx, person, { action: 'screen.ended', cohortId, subjectId, detail: { lab } })
}

async function archive(tx: Transaction, person: Person, id: string): Promise<void> {
  const { count } = await tx.cohort.updateMany({
    where: { id, archivedAt: null },
    data: { archivedAt: new Date(), joinCode: null },
  })
  if (count === 0) throw cohortArchived()
  await note(tx, person, { action: 'cohort.archived', cohortId: id })
}
