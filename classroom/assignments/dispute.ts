/**
 * The dispute view's data: for one submission what was judged, by whom and why, one after the other; what it was judged from, before and after; and the
 * recordings of its terminals, which the sandbox service keeps. For who teaches: the evidence would give hidden checks away.
 */
import { type Verdict, verdictSchema } from '../../grader/verdict.ts'
import { type Given, givenSchema } from '../../labs/schema.ts'
import { type Work, workSchema } from '../../labs/work.ts'
import type { JudgementCause, SubmissionState } from '../../prisma/client/enums.ts'
import type { SandboxClient } from '../../sandbox/client.ts'
import type { RecordingInfo } from '../../sandbox/protocol/requests.ts'
import type { Problem } from '../../sandbox/protocol/status.ts'
import type { Database } from '../database.ts'
import { hintsBefore } from '../hints.ts'
import { noSuchThing, refusalOf } from '../refusal.ts'
import { isId } from '../standing.ts'
import type { Person } from '../types.ts'
import { requireAssignment } from './assignments.ts'
import { shownProblem } from './handed-problems.ts'

export interface JudgementView {
  id: string
  cause: JudgementCause
  createdAt: string
  status: Verdict['status']
  score: number
  maxScore: number
  /** Of an override. */
  reason: string | null
  /** Who overrode it or had it judged again; null for a check, and for somebody who has been deleted. */
  by: string | null
  /** With its criteria; null for an override. */
  verdict: Verdict | null
}

export interface DisputeView {
  submission: string
  assignment: { id: string; title: string; cohortId: string }
  person: { id: string; name: string }
  lab: string
  seed: number
  state: SubmissionState
  automatic: boolean
  submittedAt: string
  problem: Problem | null
  /** Seen until it was handed in. */
  hints: number
  answers: Given | null
  /** The newest first: the first one counts. */
  judgements: JudgementView[]
  /** Null: no check gave any. */
  evidence: { before: unknown; after: unknown } | null
  work: Work | null
  /** Null: the service could not be asked; empty: none are kept any more. */
  recordings: RecordingInfo[] | null
}

export function disputes(db: Database, sandboxes: SandboxClient) {
  return {
    async dispute(person: Person, submissionId: string): Promise<DisputeView> {
      const { row, assignment } = await disputable(person, submissionId)
      const { attempt } = row
      const [hints, names, recordings] = await Promise.all([
        hintsBefore(db, [attempt]),
        namesOf(row.judgements.flatMap(({ byId }) => byId ?? [])),
        sandboxes.recordings(attempt.id).catch(() => null),
      ])
      const source = row.judgements.find((one) => one.source)?.source
      return {
        submission: attempt.id,
        assignment: { id: assignment.id, title: assignment.title, cohortId: assignment.cohortId },
        person: { id: attempt.person.id, name: attempt.person.name },
        lab: attempt.lab,
        seed: attempt.seed,
        state: row.state,
        automatic: row.automatic,
        submittedAt: row.submittedAt.toISOString(),
        problem: shownProblem(row),
        hints: hints(attempt.personId, attempt.lab, row.submittedAt),
        // What it was judged with, though something else may have been kept.
        answers: givenSchema.nullable().parse(source ? source.answers : row.answers),
        judgements: row.judgements.map((one) => ({
          ...{ id: one.id, cause: one.cause, createdAt: one.createdAt.toISOString(), reason: one.reason },
          ...{ status: one.status, score: one.score, maxScore: one.maxScore },
          by: (one.byId && names.get(one.byId)) ?? null,
          verdict: verdictSchema.nullable().parse(one.verdict ?? verdictOfCheck(one)),
        })),
        evidence: source ? { before: source.before, after: source.after } : null,
        work: workSchema.nullable().parse(source?.work ?? null),
        recordings,
      }
    },

    /** One terminal of it, as it was recorded. */
    async submissionRecording(
      person: Person,
      submissionId: string,
      name: string,
    ): Promise<ReadableStream<Uint8Array>> {
      await disputable(person, submissionId)
      return sandboxes.recording(submissionId, name).catch((error) => {
        throw refusalOf(error)
      })
    },

    /** What its machines counted while somebody watched, as lines (sandbox/counters/lines.ts). */
    async submissionCounters(person: Person, submissionId: string): Promise<ReadableStream<Uint8Array>> {
      await disputable(person, submissionId)
      return sandboxes.counters(submissionId).catch((error) => {
        throw refusalOf(error)
      })
    },
  }

  /** What is handed in is open to who teaches; the rest of a learner's machines is nobody's. */
  async function disputable(person: Person, submissionId: string) {
    if (!isId(submissionId)) throw noSuchThing()
    const row = await db.submission.findUnique({
      where: { attemptId: submissionId },
      include: {
        attempt: { include: { person: true } },
        judgements: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], include: { source: true } },
      },
    })
    if (!row?.attempt.assignmentId) throw noSuchThing()
    return { row, assignment: await requireAssignment(db, person, 'grade.see', row.attempt.assignmentId) }
  }

  async function namesOf(ids: string[]): Promise<Map<string, string>> {
    const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    return new Map(people.map(({ id, name }) => [id, name]))
  }
}

/** A regrade has a verdict of its own, a check the one that its machine gave, an override none. */
const verdictOfCheck = (one: { cause: JudgementCause; source: { verdict: unknown } | null }): unknown =>
  one.cause === 'check' ? (one.source?.verdict ?? null) : null
