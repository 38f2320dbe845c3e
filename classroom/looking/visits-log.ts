/**
 * What the sandbox service noted of visitors, taken into the audit log: each entry under the id that the service gave it, so that whoever is killed in
 * between writes it no second time. Knows no rights: what happened has happened.
 */
import type { SandboxClient } from '../../sandbox/client.ts'
import type { VisitEntry } from '../../sandbox/protocol/visits.ts'
import type { AuditAction } from '../audit.ts'
import { type Database, json, type Transaction } from '../database.ts'
import { refusalOf } from '../refusal.ts'
import { isId } from '../standing.ts'

export function visitsLog(db: Database, sandboxes: SandboxClient) {
  return {
    /** @returns how many were taken */
    async takeVisits(): Promise<number> {
      const entries = await sandboxes.visits().catch((error) => {
        // A service that is away keeps what it has.
        if (refusalOf(error).status === 503) return []
        throw error
      })
      if (entries.length === 0) return 0
      await db.$transaction(async (tx) => {
        const named = await peopleStill(tx, entries)
        await tx.auditEntry.createMany({
          data: entries.map((one) => rowOf(one, named)),
          skipDuplicates: true,
        })
      })
      await sandboxes.visitsTaken(entries.map(({ id }) => id))
      return entries.length
    },
  }
}

/**
 * Those of the people who are here still: who has been deleted meanwhile is named nowhere. Held until this is written, as deletion holds its person
 * (deletion.ts): whoever comes second sees what the first has done.
 */
async function peopleStill(tx: Transaction, entries: readonly VisitEntry[]): Promise<Set<string>> {
  const ids = [...new Set(entries.flatMap(({ owner, visitor }) => [owner, visitor]))].filter(isId).sort()
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Person" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR KEY SHARE`
  return new Set(rows.map(({ id }) => id))
}

/** It is the learner who lets somebody type, or does not; everything else is the visitor's doing, or happens to both. */
const byLearner: readonly VisitEntry['event'][] = ['help.given', 'help.refused']

function rowOf(
  { id, at, event, lab, owner, visitor, cohort, seconds, by }: VisitEntry,
  named: ReadonlySet<string>,
) {
  const [actor, subject] = byLearner.includes(event) ? [owner, visitor] : [visitor, owner]
  return {
    id,
    at: new Date(at),
    action: event satisfies AuditAction,
    actorId: named.has(actor) ? actor : null,
    subjectId: named.has(subject) ? subject : null,
    cohortId: cohort,
    detail: json({ lab, ...(seconds !== undefined && { seconds }), ...(by && { by }) }) as object,
  }
}
