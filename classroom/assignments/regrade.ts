/**
 * Judged again: from the evidence that was stored, by the judge as it is now. What was judged before stays; the newest counts. Who would change is shown first,
 * and what is applied is what was shown or nothing. Asks no machine.
 */
import { createHash } from 'node:crypto'
import { judgeAgain } from '../../grader/grade.ts'
import type { Verdict } from '../../grader/verdict.ts'
import { type Given, givenSchema, type Lab } from '../../labs/schema.ts'
import { note } from '../audit.ts'
import { requireLiveCohort } from '../cohorts.ts'
import { type Database, json, patient, type Transaction } from '../database.ts'
import { cannotStart, noSuchThing } from '../refusal.ts'
import { isId } from '../standing.ts'
import type { Person } from '../types.ts'
import { requireAssignment } from './assignments.ts'
import { lockAssignment, rewriteGrades } from './grade-rows.ts'

export interface Evidence {
  lab: string
  seed: number
  before: unknown
  after: unknown
  answers: Given | null
}

/** The lab's judge as it is now: pure, and it needs no machine. */
export type Judge = (evidence: Evidence) => Promise<Verdict>

export const judgeOf =
  (labOf: (id: string) => Promise<Lab>): Judge =>
  async ({ lab, ...evidence }) =>
    judgeAgain({ lab: await labOf(lab), ...evidence })

/** All of the assignment, one lab, or one submission; the last one also takes back an override. */
export interface RegradeScope {
  lab?: string
  submission?: string
}

export interface Judged {
  status: Verdict['status']
  score: number
  maxScore: number
}

export interface RegradeChange {
  submission: string
  person: { id: string; name: string }
  lab: string
  before: Judged
  after: Judged
}

export interface RegradePreview {
  /** Whatever is applied with it is what was shown. */
  token: string
  judged: number
  changes: RegradeChange[]
  /** Left as they are: an instructor's word stands. */
  overridden: number
  /** Left as they are: nothing was stored that could be judged. */
  withoutEvidence: number
  /** Left as they are: the judge as it is now cannot say. */
  failed: number
}

interface Found extends Omit<RegradePreview, 'token' | 'changes'> {
  /** Without a verdict: an instructor's word is taken back, and there is nothing that could be judged instead. */
  changes: (RegradeChange & { verdictId: string | null; verdict: Verdict | null })[]
}

/** Evidence is large: so much of it is in memory at a time. */
const batch = 50

export function regrades(db: Database, judge: Judge) {
  return {
    async previewRegrade(person: Person, assignmentId: string, scope: RegradeScope): Promise<RegradePreview> {
      await requireAssignment(db, person, 'grade.change', assignmentId)
      return shown(await judgeAll(assignmentId, scope))
    },

    /** @throws Refusal when it is not any more what the preview with this token showed */
    async applyRegrade(
      person: Person,
      assignmentId: string,
      scope: RegradeScope,
      token: string,
    ): Promise<number> {
      const { cohortId, title } = await requireAssignment(db, person, 'grade.change', assignmentId)
      await requireLiveCohort(db, person, 'grade.change', cohortId)
      // Judged before anything is locked: learners hand in meanwhile, and do not wait for it.
      const asItWas = await newestOf(db, assignmentId, scope)
      const found = await judgeAll(assignmentId, scope)
      if (shown(found).token !== token) throw changedSince()
      return db.$transaction(async (tx) => {
        await lockAssignment(tx, assignmentId)
        if ((await newestOf(tx, assignmentId, scope)) !== asItWas) throw changedSince()
        for (const { submission, verdictId, verdict, after } of found.changes) {
          await tx.judgement.create({
            data: {
              ...{ submissionId: submission, cause: 'regrade', verdictId, byId: person.id, ...after },
              ...(verdict && { verdict: json(verdict) }),
            },
          })
          const state = verdict ? 'graded' : 'error'
          await tx.submission.update({ where: { attemptId: submission }, data: { state } })
        }
        await rewriteGrades(tx, assignmentId, scope.lab ? { lab: scope.lab } : {})
        const [changed, judged] = [found.changes.length, found.judged]
        await note(tx, person, {
          action: 'grades.judged',
          cohortId,
          detail: { title, ...scope, judged, changed },
        })
        return changed
      }, patient)
    },
  }

  async function judgeAll(assignmentId: string, scope: RegradeScope): Promise<Found> {
    const found: Found = { judged: 0, changes: [], overridden: 0, withoutEvidence: 0, failed: 0 }
    for await (const submission of submissionsOf(assignmentId, scope)) {
      const [newest] = submission.judgements
      // The one that its grade is of, as in the dispute view.
      const judged = submission.judgements.find(({ verdictId }) => verdictId !== null)
      const source = submission.attempt.verdicts.find(({ id }) => id === judged?.verdictId)
      if (newest?.cause === 'override' && !scope.submission) found.overridden += 1
      else if (newest?.cause === 'override' && !source) takeBack(submission, newest)
      else if (!newest || !source || source.after === null) found.withoutEvidence += 1
      else await one(submission, newest, source)
    }
    return found

    function takeBack({ attempt: { id, lab, person } }: Submitted, newest: Judged): void {
      found.judged += 1
      const after = { status: 'error', score: 0, maxScore: newest.maxScore } as const
      const change = { submission: id, person, lab, before: judgedOf(newest), after }
      found.changes.push({ ...change, verdictId: null, verdict: null })
    }

    async function one({ attempt }: Submitted, newest: Judged, source: Source): Promise<void> {
      found.judged += 1
      const { id, lab, seed, person } = attempt
      const answers = givenSchema.nullable().parse(source.answers)
      const verdict = await judge({ lab, seed, before: source.before, after: source.after, answers })
      if (verdict.status === 'error' || verdict.status === 'not_gradable') found.failed += 1
      else if (isOther(newest, verdict))
        found.changes.push({
          ...{ submission: id, person, lab, verdictId: source.id, verdict },
          ...{ before: judgedOf(newest), after: judgedOf(verdict) },
        })
    }
  }

  async function* submissionsOf(
    assignmentId: string,
    { lab, submission }: RegradeScope,
  ): AsyncGenerator<Submitted> {
    if (submission !== undefined && !isId(submission)) throw noSuchThing()
    for (let after = ''; ; ) {
      const page = await db.submission.findMany({
        where: {
          state: { in: ['graded', 'error'] },
          attempt: { assignmentId, ...(lab && { lab }), ...(submission && { id: submission }) },
          ...(after && { attemptId: { gt: after } }),
        },
        include: {
          attempt: { include: { person: { select: { id: true, name: true } }, verdicts: true } },
          judgements: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], omit: { verdict: true } },
        },
        orderBy: { attemptId: 'asc' },
        take: batch,
      })
      yield* page
      if (page.length < batch) return
      after = page.at(-1)?.attemptId ?? ''
    }
  }
}

/** What there is to judge, in short: which submissions, and the newest judgement of each. */
async function newestOf(
  db: Database | Transaction,
  assignmentId: string,
  { lab, submission }: RegradeScope,
): Promise<string> {
  if (submission !== undefined && !isId(submission)) throw noSuchThing()
  const rows = await db.submission.findMany({
    where: {
      state: { in: ['graded', 'error'] },
      attempt: { assignmentId, ...(lab && { lab }), ...(submission && { id: submission }) },
    },
    select: {
      attemptId: true,
      judgements: { select: { id: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1 },
    },
    orderBy: { attemptId: 'asc' },
  })
  return JSON.stringify(rows.map(({ attemptId, judgements }) => [attemptId, judgements[0]?.id]))
}

interface Source {
  id: string
  before: unknown
  after: unknown
  answers: unknown
}

interface Submitted {
  attempt: { id: string; lab: string; seed: number; person: { id: string; name: string }; verdicts: Source[] }
  judgements: (Judged & { cause: string; verdictId: string | null })[]
}

const judgedOf = ({ status, score, maxScore }: Judged): Judged => ({ status, score, maxScore })

/** An override may be worth as much as what it replaced and still be taken back. */
const isOther = (newest: Judged & { cause?: string }, verdict: Judged): boolean =>
  newest.cause === 'override' || JSON.stringify(judgedOf(newest)) !== JSON.stringify(judgedOf(verdict))

function shown({ changes, ...counts }: Found): RegradePreview {
  const plain = changes.map(({ verdict: _, verdictId: __, ...change }) => change)
  const said = plain.map(({ submission, before, after }) => [submission, before, after])
  return { ...counts, changes: plain, token: createHash('sha256').update(JSON.stringify(said)).digest('hex') }
}

const changedSince = () =>
  cannotStart(
    'changed-since-preview',
    'Since it was shown who would change, something has changed: a submission came, or the judge is another one. Nothing was changed.',
    'Look at the preview again.',
  )
