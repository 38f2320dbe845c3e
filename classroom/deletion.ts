/**
 * Deletion that really deletes: machines are ended, recordings removed, rows gone, and the audit log keeps the deeds without the name. When the
 * service cannot be asked nothing is deleted: no machine and no recording may stay behind without anybody whom they belong to.
 */
import type { SandboxClient } from '../sandbox/client.ts'
import type { Database } from './database.ts'
import { dismissGuests } from './looking/dismissal.ts'
import { badInput, ownerStays, refusalOf } from './refusal.ts'
import type { Person } from './types.ts'

export function deletion(db: Database, sandboxes: SandboxClient) {
  return {
    /** @param typed their name, as they typed it to say that they mean it */
    async deleteAccount(person: Person, typed: string): Promise<void> {
      if (person.role === 'owner') throw ownerStays()
      const { name } = await db.person.findUniqueOrThrow({ where: { id: person.id } })
      if (typed.normalize('NFC').trim() !== name) throw notTheName(name)
      await endMachines(person.id)
      const attempts = await db.attempt.findMany({ where: { personId: person.id }, select: { id: true } })
      for (const { id } of attempts) await gone(() => sandboxes.removeRecordings(id))
      await removeRows(person.id)
      await dismissGuests(sandboxes, { person: person.id, cohort: null })
      // One that was started in between has lost its row and with it everybody who could end it.
      for (const id of await endMachines(person.id)) await gone(() => sandboxes.removeRecordings(id))
    },
  }

  async function endMachines(owner: string): Promise<string[]> {
    const machines = await sandboxes.list(owner).catch((error) => {
      throw refusalOf(error)
    })
    for (const { id } of machines) await gone(() => sandboxes.end(id))
    return machines.map(({ id }) => id)
  }

  async function removeRows(id: string): Promise<void> {
    await db.$transaction(async (tx) => {
      // What is being written about them now is written before, or finds nobody (visits-log.ts).
      await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${id}::uuid FOR UPDATE`
      await tx.auditEntry.updateMany({ where: { actorId: id }, data: { actorId: null } })
      await tx.auditEntry.updateMany({ where: { subjectId: id }, data: { subjectId: null } })
      await tx.judgement.updateMany({ where: { byId: id }, data: { byId: null } })
      await tx.injection.updateMany({ where: { byId: id }, data: { byId: null } })
      await tx.invitation.deleteMany({ where: { OR: [{ personId: id }, { byId: id, usedAt: null }] } })
      await tx.invitation.updateMany({ where: { byId: id }, data: { byId: null } })
      await tx.person.delete({ where: { id } })
    })
  }
}

/** What is not there any more is as good as removed. */
async function gone(remove: () => Promise<void>): Promise<void> {
  await remove().catch((error) => {
    const refusal = refusalOf(error)
    if (refusal.status !== 404) throw refusal
  })
}

const notTheName = (name: string) =>
  badInput(
    'not-the-name',
    `What you typed is not your name, “${name}”. Nothing was deleted.`,
    'Type it as it stands there, if you really mean to delete everything.',
  )
