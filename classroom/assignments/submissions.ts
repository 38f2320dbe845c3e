/**
 * Handing in: by the learner's word, or by the clock. It happens once for each attempt, and its check is stored with the grade in one transaction. The loop
 * may run in any number of processes: whoever is killed in the middle leaves a claim that ends, and the next one does it again from the beginning.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Given } from '../../labs/schema.ts'
import type { SandboxClient } from '../../sandbox/client.ts'
import type { CheckResponse } from '../../sandbox/protocol/requests.ts'
import type { Problem } from '../../sandbox/protocol/status.ts'
import { type AttemptRow, attemptRows } from '../attempt-rows.ts'
import { type Database, json, patient, type Transaction } from '../database.ts'
import { machines } from '../machines.ts'
import { attemptClosed, badInput, refusalOf } from '../refusal.ts'
import type { Person } from '../types.ts'
import { parseAnswers, verdictData } from '../verdicts.ts'
import { atOnce, type Claim, type ClaimTimes, claims, isNotYet } from './claims.ts'
import { lockLearner, rewriteGrades } from './grade-rows.ts'
import { goneBefore, notJudged, shownProblem } from './handed-problems.ts'
import { inTurn } from './in-turn.ts'
import { judgeBy, type LastCheck, lastChecks, newestChecks } from './last-check.ts'

export interface SubmissionView {
  attempt: string
  state: 'due' | 'graded' | 'error'
  automatic: boolean
  submittedAt: string
  /** Why it could not be judged, or not as usual; fit to be shown. */
  problem: Problem | null
}

export interface LoopTimes extends ClaimTimes {
  /** After so many it is an error, which costs nothing. */
  tries: number
}

export const loopTimes: LoopTimes = { leaseMs: 120_000, againMs: 2_000, tries: 8 }
const asideMs = 60_000
/** Of what is over, so many are read at once. */
const batch = 8
/** Of the database's ten connections, which others want as well. */
const storedAtOnce = 4
/** So long is waited for checks. They go on; whoever has handed in is told that it is due, and the loop looks what else is over. */
const patienceMs = 3_000

export function submissions(db: Database, sandboxes: SandboxClient, times: LoopTimes = loopTimes) {
  const rows = attemptRows(db)
  const { end } = machines(db, sandboxes)
  const { begin, held, putOff, postpone } = claims(db, times)
  const storing = inTurn(storedAtOnce)
  const { handInLastCheck, handInClosed } = lastChecks(db, sandboxes)
  /** Of checks that nobody waited for to the end. */
  const troubles: unknown[] = []
  /** What could not be handed in, and until when it is left alone: nobody else waits for it. */
  const aside = new Map<string, number>()

  return {
    handInLastCheck,

    /** Frozen from this moment on; the check follows at once, or when those have had theirs who came before. Twice is once. */
    async handIn(person: Person, attemptId: string, answers: Given | null): Promise<SubmissionView> {
      const at = new Date()
      const given = parseAnswers(answers)
      const row = await rows.owned(person, attemptId)
      if (!row.assignmentId) throw notAnAssignment()
      await makeDue(row, { given, automatic: false, at })
      await checkSome(1)
      return viewOf(await db.submission.findUniqueOrThrow({ where: { attemptId } }))
    },

    async submission(person: Person, attemptId: string): Promise<SubmissionView | null> {
      await rows.owned(person, attemptId)
      const found = await db.submission.findUnique({ where: { attemptId } })
      return found && viewOf(found)
    },

    /** One round of the loop: hands in what is over, checks what is due. Returns how much it did; 0: there is nothing to do now. */
    async submitDue(): Promise<number> {
      const marked = await markOverdue()
      const checked = await checkSome(atOnce)
      const closed = await handInClosed()
      // Told when everybody else's is done.
      for (const one of marked) if (one.status === 'rejected') troubles.push(one.reason)
      if (troubles.length > 0) throw troubles.splice(0)[0]
      return marked.filter((one) => one.status === 'fulfilled' && one.value).length + checked + closed
    },
  }

  /** All of it before anything is checked: nobody works on while others are being checked. */
  async function markOverdue(): Promise<PromiseSettledResult<boolean>[]> {
    for (const [id, until] of aside) if (until < Date.now()) aside.delete(id)
    const tried = [...aside.keys()]
    const outcomes: PromiseSettledResult<boolean>[] = []
    for (let over = await overdue(tried); over.length > 0; over = await overdue(tried)) {
      const done = await Promise.allSettled(
        over.map((row) => makeDue(row, { given: null, automatic: true, at: new Date() }).catch(alreadyDone)),
      )
      done.forEach(({ status }, n) => {
        if (status === 'rejected') aside.set(over[n]?.id ?? '', Date.now() + asideMs)
      })
      tried.push(...over.map(({ id }) => id))
      outcomes.push(...done)
    }
    return outcomes
  }

  /** Attempts whose time is up, by the clock of the database: all processes have the same one. */
  async function overdue(but: string[]): Promise<AttemptRow[]> {
    const ids = await db.$queryRaw<{ id: string }[]>`
      SELECT a."id" FROM "Attempt" a
      WHERE a."state" IN ('starting', 'running') AND a."deadlineAt" <= now() AND NOT (a."id" = ANY(${but}::uuid[]))
        AND NOT EXISTS (SELECT 1 FROM "Submission" s WHERE s."attemptId" = a."id")
      ORDER BY a."deadlineAt" LIMIT ${batch}`
    return db.attempt.findMany({ where: { id: { in: ids.map(({ id }) => id) } } })
  }

  /** False: there was nothing to do. */
  async function makeDue(row: AttemptRow, word: Word): Promise<boolean> {
    const made = await storing(() => storeDue(row, word))
    // It may stand in line for minutes. What cannot be frozen, since its service is away for instance, is handed in all the same.
    if (made) await sandboxes.freeze(row.id).catch(() => {})
    return made
  }

  async function storeDue(row: AttemptRow, { given, automatic, at }: Word): Promise<boolean> {
    const { assignmentId, personId, lab } = row
    if (!assignmentId) return false
    return db.$transaction(async (tx) => {
      await lockLearner(tx, assignmentId, personId)
      const now = await tx.attempt.findUniqueOrThrow({ where: { id: row.id }, include: { submission: true } })
      if (now.submission) return false
      if (now.state !== 'starting' && now.state !== 'running') throw attemptClosed()
      const isOver = now.deadlineAt !== null && now.deadlineAt <= at
      // A longer time may have been given since it was read.
      if (automatic && !isOver) return false
      const submittedAt = isOver && now.deadlineAt ? now.deadlineAt : at
      await tx.submission.create({
        data: {
          attemptId: row.id,
          automatic: automatic || isOver,
          submittedAt,
          // What was found after its time does not count: then it is what stood in the form.
          answers: json(automatic || isOver ? now.answers : given),
        },
      })
      await rewriteGrades(tx, assignmentId, { personId, lab })
      return true
    }, patient)
  }

  /** Begins to check what is due, and waits for it a little. How much it has begun with. */
  async function checkSome(most: number): Promise<number> {
    const begun = await begin(most, settle)
    for (const one of begun) one.catch((error) => troubles.push(error))
    await Promise.race([Promise.allSettled(begun), delay(patienceMs, undefined, { ref: false })])
    return begun.length
  }

  /** Checks what was claimed, and stores it or puts it off. Never throws for an outage. */
  async function settle(claim: Claim): Promise<void> {
    const { attemptId, tries } = claim
    const submission = await db.submission.findUnique({ where: { attemptId }, include: { attempt: true } })
    if (!submission) return
    // A service that is away checks nothing either, and is asked again.
    await sandboxes.keepRecordings(attemptId).catch(() => {})
    const { attempt } = submission
    const outcome = await check(attemptId, parseAnswers(submission.answers))
    const isLast = tries >= times.tries || outcome.gone
    if (isNotYet(outcome.problem?.code)) return postpone(claim)
    if (!outcome.judged && !isLast) return putOff(claim)
    if (await store(attempt, outcome, await passedBefore(outcome, attemptId)))
      await end(attemptId).catch(() => {})
  }

  /**
   * A machine that cannot be checked has been judged before: a pass is taken at once. What did not pass costs an attempt, so it is left to the learner, until
   * the last moment (last-check.ts).
   */
  async function passedBefore({ judged }: Outcome, attemptId: string): Promise<LastCheck | null> {
    if (judged) return null
    const newest = (await newestChecks(db, [attemptId])).get(attemptId)
    return newest?.status === 'pass' ? newest : null
  }

  async function check(attemptId: string, given: Given | null): Promise<Outcome> {
    try {
      const response = await held(attemptId, () => sandboxes.check(attemptId, given))
      const judged = response.verdict.status === 'pass' || response.verdict.status === 'fail'
      return { given, response, judged, gone: false, problem: judged ? null : notJudged }
    } catch (error) {
      const refusal = refusalOf(error)
      // No form of ours sends them, and who sends them otherwise has given no diagnosis: that is no outage.
      if (refusal.problem.code === 'other-form' && given !== null) return check(attemptId, null)
      const gone = refusal.status === 404
      return { given, response: null, judged: false, gone, problem: gone ? goneBefore : refusal.problem }
    }
  }

  /** Verdict, judgement, state and grade together or not at all. False: another process, whose claim came later, has done it. */
  function store(attempt: AttemptRow, outcome: Outcome, before: LastCheck | null): Promise<boolean> {
    const { id, assignmentId, personId, lab } = attempt
    return db.$transaction(async (tx) => {
      if (!assignmentId) return false
      await lockLearner(tx, assignmentId, personId)
      const { count } = await tx.submission.updateMany({
        where: { attemptId: id, state: 'due' },
        data: {
          state: outcome.judged ? 'graded' : 'error',
          claimedUntil: null,
          ...(outcome.problem && { problem: json(outcome.problem) }),
        },
      })
      if (count === 0) return false
      const verdict = outcome.response && (await storeVerdict(tx, attempt, outcome.given, outcome.response))
      if (before) await judgeBy(tx, attempt, before)
      else if (verdict) await tx.judgement.create({ data: { submissionId: id, cause: 'check', ...verdict } })
      const data = { state: outcome.gone ? 'lost' : 'finished', endedAt: new Date() } as const
      await tx.attempt.updateMany({ where: { id, state: { in: ['starting', 'running'] } }, data })
      await rewriteGrades(tx, assignmentId, { personId, lab })
      return true
    }, patient)
  }
}

/** Who or what hands in, and when that was said: who waits for others is not late for it. */
interface Word {
  given: Given | null
  automatic: boolean
  at: Date
}

interface Outcome {
  /** The diagnosis that it was judged with. */
  given: Given | null
  response: CheckResponse | null
  /** Pass or fail. */
  judged: boolean
  /** There is no machine any more, and there will be none. */
  gone: boolean
  problem: Problem | null
}

/** Of a grading that failed as well: its evidence may be judged again by a judge that was mended. */
async function storeVerdict(
  tx: Transaction,
  attempt: AttemptRow,
  given: Given | null,
  graded: CheckResponse,
) {
  const { status, score, maxScore } = graded.verdict
  const data = verdictData(attempt, given, graded)
  const { id: verdictId } = await tx.verdict.create({ data, select: { id: true } })
  return { verdictId, status, score, maxScore }
}

/** Between being read and being handed in somebody else has ended it. */
function alreadyDone(error: unknown): false {
  if (refusalOf(error).problem.code !== attemptClosed().problem.code) throw error
  return false
}

function viewOf(row: {
  attemptId: string
  state: SubmissionView['state']
  automatic: boolean
  submittedAt: Date
  problem: unknown
}): SubmissionView {
  const { attemptId, state, automatic, submittedAt, problem } = row
  const shown = shownProblem({ state, problem })
  return { attempt: attemptId, state, automatic, submittedAt: submittedAt.toISOString(), problem: shown }
}

const notAnAssignment = () =>
  badInput(
    'not-an-assignment',
    'This machine is for practice: there is nothing to hand it in to.',
    'Check it, or finish it.',
  )
