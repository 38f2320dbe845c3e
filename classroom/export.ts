/**
 * Everything of one person as files: what they are, did and were told, as JSON, and the recordings of their machines. Without other people's names,
 * and without the evidence of checks, which is the judge's (docs/decisions/0012). Knows no archive.
 */
import type { SandboxClient } from '../sandbox/client.ts'
import type { Database } from './database.ts'
import { refusalOf } from './refusal.ts'
import type { Person } from './types.ts'

export interface ExportFile {
  name: string
  content: Uint8Array
}

export function exporting(db: Database, sandboxes: SandboxClient) {
  return {
    /** One file after the other, so that a large export takes no large memory. */
    async *exportOf(person: Person): AsyncGenerator<ExportFile> {
      const personId = person.id
      const [attempts, verdicts, hints, injections] = await Promise.all([
        db.attempt.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
        db.verdict.findMany({
          where: { attempt: { personId } },
          omit: { before: true, after: true },
          orderBy: { id: 'asc' },
        }),
        db.hintShown.findMany({ where: { personId }, omit: { personId: true } }),
        db.injection.findMany({
          where: { attempt: { personId } },
          omit: { byId: true },
          orderBy: { id: 'asc' },
        }),
      ])
      // A service that does not answer is told before the first file.
      const recordings = await Promise.all(attempts.map(({ id, lab }) => recordingsOf(id, lab)))
      yield json('account.json', await account(personId))
      yield json('labs.json', { attempts, verdicts, hints, injections })
      yield json('assignments.json', await assignments(personId))
      const hands = await db.raisedHand.findMany({ where: { personId }, omit: { personId: true } })
      const check = await db.deviceCheck.findUnique({ where: { personId }, omit: { personId: true } })
      yield json('rooms.json', { hands, check })
      const [read, places, recalls] = await Promise.all([
        db.chapterRead.findMany({ where: { personId }, omit: { personId: true } }),
        db.readingPlace.findMany({ where: { personId }, omit: { personId: true } }),
        db.recall.findMany({ where: { personId }, omit: { personId: true } }),
      ])
      yield json('reading.json', { read, places, recalls })
      for (const one of recordings.flat()) yield { name: one.name, content: await one.read() }
    },
  }

  async function account(id: string) {
    const row = await db.person.findUniqueOrThrow({
      where: { id },
      omit: { passwordHash: true, returnHash: true },
      include: {
        identities: { omit: { personId: true } },
        sessions: { select: { createdAt: true, expiresAt: true } },
        enrollments: {
          select: { role: true, createdAt: true, cohort: { select: { id: true, name: true } } },
        },
      },
    })
    const audit = await db.auditEntry.findMany({
      where: { OR: [{ actorId: id }, { subjectId: id }] },
      select: { at: true, action: true, cohortId: true, detail: true },
      orderBy: { id: 'asc' },
    })
    return { ...row, audit }
  }

  async function assignments(personId: string) {
    const [submissions, grades, extensions] = await Promise.all([
      db.submission.findMany({
        where: { attempt: { personId } },
        include: { judgements: { omit: { byId: true, submissionId: true }, orderBy: { id: 'asc' } } },
        orderBy: { attemptId: 'asc' },
      }),
      db.grade.findMany({ where: { personId }, omit: { personId: true } }),
      db.extension.findMany({ where: { personId }, omit: { personId: true } }),
    ])
    return { submissions, grades, extensions }
  }

  async function recordingsOf(attempt: string, lab: string) {
    const found = await asked(() => sandboxes.recordings(attempt))
    return found.map(({ name }) => ({
      name: `recordings/${lab}-${attempt}/${name}`,
      async read() {
        const file = await asked(() => sandboxes.recording(attempt, name))
        return new Uint8Array(await new Response(file).arrayBuffer())
      },
    }))
  }
}

const json = (name: string, value: unknown): ExportFile => ({
  name,
  content: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
})

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  return ask().catch((error) => {
    throw refusalOf(error)
  })
}
