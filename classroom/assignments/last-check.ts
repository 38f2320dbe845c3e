/**
 * The last check that was judged, in place of one that cannot be made: a machine lives for hours and an assignment for weeks, so what its learner had
 * shown while it was there is as good as a check at the end. It counts as handed in when it was made. Asks no machine; has what
 * was recorded of it kept.
 */
import type { Verdict } from '../../prisma/client/client.ts'
import type { SandboxClient } from '../../sandbox/client.ts'
import { type AttemptRow, attemptRows, isOpen } from '../attempt-rows.ts'
import { type Database, json, patient, type Transaction } from '../database.ts'
import { datesFor, lastMoment } from '../grades/deadline.ts'
import { spent, type Tried } from '../grades/grade.ts'
import { cannotStart } from '../refusal.ts'
import type { Person } from '../types.ts'
import { closedBecause } from './closed.ts'
import { lockLearner, rewriteGrades, triedIn } from './grade-rows.ts'
import { judgedByLastCheck } from './handed-problems.ts'

export type LastCheck = Pick<Verdict, 'id' | 'attemptId' | 'createdAt' | 'status' | 'score' | 'maxScore'>
const told = {
  id: true,
  attemptId: true,
  createdAt: true,
  status: true,
  score: true,
  maxScore: true,
} as const

/** A house that was off for some days does it all the same; older ones are left as everybody knows them. */
const closedForDays = 7
/** Of one round. */
const batch = 8

export function lastChecks(db: Database, sandboxes: Pick<SandboxClient, 'keepRecordings'>) {
  const rows = attemptRows(db)
  /** What is left of them: after this they are gone no sooner than any other submission's. A service that is away keeps what it can. */
  const keep = (attemptId: string) => sandboxes.keepRecordings(attemptId).catch(() => {})

  return {
    /** By the learner's word, of their newest attempt at a lab, whose machine is gone or could not be checked. */
    async handInLastCheck(person: Person, attemptId: string): Promise<void> {
      const row = await rows.owned(person, attemptId)
      await change(row, async (tx, assignmentId) => {
        const { dates, extension, tried, most } = await termsOf(tx, assignmentId, row)
        const isNewest = tried.at(-1)?.id === attemptId
        const closed = closedBecause(dates, extension, tried.filter(spent).length >= most)
        const check = isNewest && closed === null ? await checkOf(tx, row, tried) : null
        if (!check) throw noCheckToHandIn()
        await handIn(tx, row, check, false)
      })
      await keep(attemptId)
    },

    /** One round: where nothing was judged until the last moment, it is the newest attempt with a check. Returns how many. */
    async handInClosed(): Promise<number> {
      const found = await db.attempt.findMany({ where: { id: { in: await unjudged(db) } } })
      const done = await Promise.all(found.map((row) => change(row, closeIn(row))))
      const handed = found.filter((_, n) => done[n])
      await Promise.all(handed.map(({ id }) => keep(id)))
      return handed.length
    },
  }

  function closeIn(row: AttemptRow) {
    return async (tx: Transaction, assignmentId: string): Promise<boolean> => {
      const { dates, tried } = await termsOf(tx, assignmentId, row)
      const last = lastMoment(dates)
      if (!last || last > new Date() || tried.some((one) => !isUnjudged(one))) return false
      const check = await checkOf(tx, row, tried)
      if (check) await handIn(tx, row, check, true)
      return check !== null
    }
  }

  function change<T>(row: AttemptRow, work: (tx: Transaction, assignmentId: string) => Promise<T>) {
    const { assignmentId, personId, lab } = row
    if (!assignmentId) throw noCheckToHandIn()
    return db.$transaction(async (tx) => {
      await lockLearner(tx, assignmentId, personId)
      const result = await work(tx, assignmentId)
      await rewriteGrades(tx, assignmentId, { personId, lab })
      return result
    }, patient)
  }
}

/** It is over, and neither a check nor an instructor has said what it is worth. */
export function isUnjudged({ state, submission }: Tried): boolean {
  if (submission) return submission.state === 'error' && submission.judgement?.overridden !== true
  return !isOpen({ state })
}

/** The newest one that was judged, of each of these attempts that has one. */
export async function newestChecks(
  tx: Transaction | Database,
  attempts: readonly string[],
): Promise<Map<string, LastCheck>> {
  const found = await tx.verdict.findMany({
    where: { attemptId: { in: [...attempts] }, status: { in: ['pass', 'fail'] } },
    select: told,
    distinct: ['attemptId'],
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return new Map(found.map((one) => [one.attemptId, one]))
}

async function handIn(tx: Transaction, row: AttemptRow, check: LastCheck, automatic: boolean): Promise<void> {
  const where = { attemptId: row.id }
  const create = { ...where, automatic, submittedAt: check.createdAt }
  await tx.submission.upsert({ where, create, update: {} })
  await judgeBy(tx, row, check)
}

/** What is handed in, due or an error, is graded by this check. The caller holds the lock, and writes the grades. */
export async function judgeBy(tx: Transaction, { id }: { id: string }, check: LastCheck): Promise<void> {
  const { id: verdictId, createdAt, status, score, maxScore } = check
  await tx.submission.update({
    where: { attemptId: id },
    data: {
      ...{ state: 'graded', submittedAt: createdAt, claimedUntil: null },
      problem: json(judgedByLastCheck),
    },
  })
  await tx.judgement.create({
    data: { submissionId: id, cause: 'check', verdictId, status, score, maxScore },
  })
}

async function checkOf(
  tx: Transaction,
  { id }: AttemptRow,
  tried: readonly Tried[],
): Promise<LastCheck | null> {
  const own = tried.find((one) => one.id === id)
  return own && isUnjudged(own) ? ((await newestChecks(tx, [id])).get(id) ?? null) : null
}

async function termsOf(tx: Transaction, assignmentId: string, { personId, lab }: AttemptRow) {
  const row = await tx.assignment.findUniqueOrThrow({ where: { id: assignmentId } })
  const key = { assignmentId, personId }
  const extension = await tx.extension.findUnique({ where: { assignmentId_personId: key } })
  const tried = (await triedIn(tx, assignmentId, { personId, lab })).get(personId)?.get(lab) ?? []
  const most = row.maxAttempts === null ? Infinity : row.maxAttempts + (extension?.extraAttempts ?? 0)
  return { dates: datesFor(row, extension), extension, tried, most }
}

/**
 * The newest attempt with a check of each learner and lab of which nothing was judged until the last moment. GREATEST knows no NULL, so it is the last moment as
 * grades/deadline.ts says it. Asked for each second: both lists that it begins with are short, and have an index.
 */
async function unjudged(db: Database): Promise<string[]> {
  const found = await db.$queryRaw<{ id: string }[]>`
    WITH closed AS (
      SELECT "id" FROM "Attempt" WHERE "state" IN ('lost', 'failed') AND "assignmentId" IS NOT NULL
      UNION SELECT "attemptId" FROM "Submission" WHERE "state" = 'error')
    SELECT DISTINCT ON (a."assignmentId", a."personId", a."lab") a."id"
    FROM closed JOIN "Attempt" a ON a."id" = closed."id"
    JOIN "Assignment" w ON w."id" = a."assignmentId"
    LEFT JOIN "Extension" e ON e."assignmentId" = a."assignmentId" AND e."personId" = a."personId"
    WHERE w."dueAt" IS NOT NULL
      AND GREATEST(w."dueAt", w."lateDueAt", e."dueAt", e."lateDueAt") BETWEEN now() - ${closedForDays} * interval '1 day' AND now()
      AND EXISTS (SELECT 1 FROM "Verdict" v WHERE v."attemptId" = a."id" AND v."status" IN ('pass', 'fail'))
      AND NOT EXISTS (
        SELECT 1 FROM "Attempt" b LEFT JOIN "Submission" s ON s."attemptId" = b."id"
        WHERE b."assignmentId" = a."assignmentId" AND b."personId" = a."personId" AND b."lab" = a."lab"
          AND (s."state" <> 'error' OR s."attemptId" IS NULL AND b."state" IN ('starting', 'running')
            OR EXISTS (SELECT 1 FROM "Judgement" j WHERE j."submissionId" = b."id" AND j."cause" = 'override')))
    ORDER BY a."assignmentId", a."personId", a."lab", a."createdAt" DESC, a."id" DESC
    LIMIT ${batch}`
  return found.map(({ id }) => id)
}

const noCheckToHandIn = () =>
  cannotStart(
    'no-check-to-hand-in',
    'There is no check of this attempt that can be handed in now. Nothing was changed.',
    'The page of the assignment says how it stands, and what is left.',
  )
