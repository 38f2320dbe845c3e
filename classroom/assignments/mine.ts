/**
 * Assignments as the learner sees them: until when for them, what is left, what they have handed in and how each of it came to its worth. Their own and
 * nobody else's; evidence is not among it, it would give hidden checks away.
 */
import { type Verdict, verdictSchema } from '../../grader/verdict.ts'
import type { GradeState, JudgementCause, SubmissionState } from '../../prisma/client/enums.ts'
import type { Problem } from '../../sandbox/protocol/status.ts'
import type { Database } from '../database.ts'
import { datesFor } from '../grades/deadline.ts'
import { type Earned, earnedOf, spent, type Tried } from '../grades/grade.ts'
import { isLate } from '../grades/late-policy.ts'
import { localOf } from '../time-zone.ts'
import type { Person } from '../types.ts'
import { type AssignmentView, assignments, requireAssignment } from './assignments.ts'
import { type Closed, closedBecause } from './closed.ts'
import { rulesOf, triedIn } from './grade-rows.ts'
import { holdsNothing, shownProblem } from './handed-problems.ts'
import { isUnjudged, newestChecks } from './last-check.ts'
import { type Total, totalOf } from './total.ts'

export interface MyAssignment {
  assignment: AssignmentView
  /** As they are for this learner: clocks in the cohort's zone, and moments. */
  dates: MyDates
  excused: boolean
  /** 0 to 1 of what counts so far. */
  total: Total
  labs: MyLab[]
}

export interface MyDates {
  dueAt: string
  lateDueAt: string
  moments: { dueAt: string | null; lateDueAt: string | null }
  /** Of one attempt; null: no limit. */
  minutes: number | null
  /** They are others than the assignment's. */
  own: boolean
}

export interface MyLab {
  lab: string
  weight: number
  state: GradeState | 'not_started'
  share: number | null
  overridden: boolean
  /** Spent, of how many; null: as many as they like. */
  used: number
  most: number | null
  /** The attempt that runs. */
  open: { attempt: string; deadlineAt: string | null } | null
  /** Why none can be begun now; null: one can, or one runs. */
  closed: Closed | null
  /** Of the newest attempt, which is over and was not judged: it can be handed in instead of beginning again. */
  lastCheck: { attempt: string; at: string; passed: boolean } | null
  /** The newest first. */
  submissions: MySubmission[]
}

export interface MySubmission {
  id: string
  submittedAt: string
  automatic: boolean
  /** Nothing was handed in: an instructor has set the grade. */
  nothing: boolean
  state: SubmissionState
  /** It is the one that the grade is of. */
  counts: boolean
  late: boolean
  /** Null: it does not count. */
  earned: Earned | null
  hints: number
  /** Why it could not be judged, or not as usual. */
  problem: Problem | null
  /** The newest. */
  judgement: { cause: JudgementCause; reason: string | null; verdict: Verdict | null } | null
}

export function mine(db: Database, known: ReadonlySet<string>) {
  const all = assignments(db, known)

  return {
    /** Those of a cohort that are published. */
    async myAssignments(person: Person, cohortId: string): Promise<MyAssignment[]> {
      const found = (await all.assignments(person, cohortId)).filter(
        ({ publishedAt }) => publishedAt !== null,
      )
      return Promise.all(found.map((one) => view(person, one)))
    },

    async myAssignment(person: Person, id: string): Promise<MyAssignment> {
      return view(person, await all.assignment(person, id))
    },
  }

  async function view(person: Person, assignment: AssignmentView): Promise<MyAssignment> {
    const { id } = assignment
    const row = await requireAssignment(db, person, 'assignment.see', id)
    const where = { assignmentId: id, personId: person.id }
    const [extension, tried, submissions, grades, running] = await Promise.all([
      db.extension.findUnique({ where: { assignmentId_personId: where } }),
      triedIn(db, id, { personId: person.id }),
      submissionsOf(id, person),
      db.grade.findMany({ where }),
      db.attempt.findMany({
        where: { ...where, state: { in: ['starting', 'running'] }, submission: null },
        select: { id: true, lab: true, deadlineAt: true },
      }),
    ])
    const [rules, dates] = [rulesOf(row), datesFor(row, extension)]
    const due = { dueAt: dates.dueAt, timeZone: rules.timeZone }
    const most = row.maxAttempts === null ? null : row.maxAttempts + (extension?.extraAttempts ?? 0)
    const mineOf = (lab: string) => tried.get(person.id)?.get(lab) ?? []
    const newest = row.labs.flatMap(({ lab }) => mineOf(lab).at(-1) ?? []).filter(isUnjudged)
    const checks = await newestChecks(
      db,
      newest.map((one) => one.id),
    )
    const labs = row.labs.map(({ lab, weight }): MyLab => {
      const attempts = mineOf(lab)
      const grade = grades.find((one) => one.lab === lab)
      const open = running.find((one) => one.lab === lab)
      const used = attempts.filter((one) => spent(one) && one.submission).length
      const state = grade?.state ?? 'not_started'
      const closed = open ? null : closedBecause(dates, extension, most !== null && used >= most)
      const check = closed === null ? checks.get(attempts.at(-1)?.id ?? '') : undefined
      return {
        ...{ lab, weight, state, used, most },
        share: grade?.share ?? null,
        overridden: grade?.overridden ?? false,
        open: open ? { attempt: open.id, deadlineAt: open.deadlineAt?.toISOString() ?? null } : null,
        closed,
        lastCheck: check
          ? { attempt: check.attemptId, at: check.createdAt.toISOString(), passed: check.status === 'pass' }
          : null,
        submissions: attempts.flatMap((one) => handedOf(one, grade?.submissionId ?? null)).reverse(),
      }
    })
    return {
      assignment,
      dates: datesView(rules.timeZone, dates, row),
      excused: extension?.excused ?? false,
      total: totalOf(labs.map(({ weight, state, share }) => ({ weight, state: stateOf(state), share }))),
      labs,
    }

    function handedOf({ id: attempt, submission }: Tried, counting: string | null): MySubmission[] {
      const stored = submissions.get(attempt)
      if (!submission || !stored) return []
      return [
        {
          ...stored,
          id: attempt,
          counts: attempt === counting,
          late: isLate(rules.latePolicy, due, submission.submittedAt),
          earned: earnedOf(rules, due, submission),
          hints: submission.hints,
        },
      ]
    }
  }

  async function submissionsOf(assignmentId: string, { id: personId }: Person) {
    const rows = await db.submission.findMany({
      where: { attempt: { assignmentId, personId } },
      select: {
        ...{ attemptId: true, submittedAt: true, automatic: true, state: true, problem: true },
        judgements: {
          select: { cause: true, reason: true, verdict: true, source: { select: { verdict: true } } },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        },
      },
    })
    return new Map(
      rows.map(({ attemptId, submittedAt, automatic, state, problem, judgements }) => {
        const [newest] = judgements
        // An instructor's word has no criteria of its own: those of the judgement before it stand beside it.
        const judged = judgements.find(({ cause }) => cause !== 'override')
        const verdict = verdictSchema.nullable().parse(judged?.verdict ?? judged?.source?.verdict ?? null)
        return [
          attemptId,
          {
            ...{ automatic, state, submittedAt: submittedAt.toISOString() },
            nothing: holdsNothing({ problem }),
            problem: shownProblem({ state, problem }),
            judgement: newest ? { cause: newest.cause, reason: newest.reason, verdict } : null,
          },
        ] as const
      }),
    )
  }
}

export function datesView(
  timeZone: string,
  dates: ReturnType<typeof datesFor>,
  row: { dueAt: Date | null; lateDueAt: Date | null; minutes: number | null },
): MyDates {
  const local = (date: Date | null) => (date ? localOf(timeZone, date) : '')
  const iso = (date: Date | null) => date?.toISOString() ?? null
  const isSame = (one: Date | null, other: Date | null) => one?.getTime() === other?.getTime()
  return {
    ...{ dueAt: local(dates.dueAt), lateDueAt: local(dates.lateDueAt), minutes: dates.minutes },
    moments: { dueAt: iso(dates.dueAt), lateDueAt: iso(dates.lateDueAt) },
    own:
      !isSame(dates.dueAt, row.dueAt) ||
      !isSame(dates.lateDueAt, row.lateDueAt) ||
      dates.minutes !== row.minutes,
  }
}

const stateOf = (state: MyLab['state']): GradeState | null => (state === 'not_started' ? null : state)
