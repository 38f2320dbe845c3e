/**
 * Checks and their verdicts: asks for one, stores it whole with the evidence it was judged from, lists them. Knows no lab and judges nothing.
 */
import { type Verdict as Judged, verdictSchema } from '../grader/verdict.ts'
import { counterId } from '../labs/counters.ts'
import { answersSchema, type Given, givenSchema, sheetSchema } from '../labs/schema.ts'
import { firstLook, toolsUsed, type Work, workSchema } from '../labs/work.ts'
import type { Verdict } from '../prisma/client/client.ts'
import type { SandboxClient } from '../sandbox/client.ts'
import type { CheckResponse } from '../sandbox/protocol/requests.ts'
import { type AttemptRow, attemptRows } from './attempt-rows.ts'
import { type Database, json } from './database.ts'
import { hintsUsed } from './hints.ts'
import { badInput } from './refusal.ts'
import type { HintsUsed, Person, VerdictView, WorkView } from './types.ts'

export function verdicts(db: Database, sandboxes: SandboxClient) {
  const rows = attemptRows(db)

  return {
    /** Grades the machine as it is now. When no verdict comes, nothing is stored and nothing is lost: the check can be repeated. */
    async check(person: Person, attemptId: string, answers: Given | null): Promise<VerdictView> {
      const given = parseAnswers(answers)
      const attempt = await rows.workable(person, attemptId)
      // A check without a diagnosis takes none back: who empties their form says so by itself.
      if (given) await db.attempt.update({ where: { id: attempt.id }, data: { answers: json(given) } })
      const graded = await rows.asking(attempt, () => sandboxes.check(attempt.id, given))
      const stored = await db.verdict.create({
        data: verdictData(attempt, given, graded),
        omit: evidence,
      })
      return view(stored, stored.lab, await hintsUsed(db, person.id, stored.lab))
    },

    /** Newest first, of all attempts at this lab. */
    async verdicts(person: Person, lab: string): Promise<VerdictView[]> {
      const found = await db.verdict.findMany({
        where: { lab, attempt: { personId: person.id } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        omit: evidence,
      })
      const used = await hintsUsed(db, person.id, lab)
      return found.map((row) => view(row, lab, used))
    },
  }
}

/** One check, whole, as it is stored: also by who hands in. */
export function verdictData(attempt: AttemptRow, given: Given | null, graded: CheckResponse) {
  const { status, score, maxScore } = graded.verdict
  return {
    attemptId: attempt.id,
    // What was judged: the attempt's row may say another lab a moment before its machine is broken in that way.
    lab: graded.verdict.lab,
    generation: attempt.generation,
    ...{ status, score, maxScore },
    verdict: json(graded.verdict),
    before: json(graded.before),
    after: json(graded.after),
    ...(given && { answers: json(given) }),
    ...(graded.work && { work: json(graded.work) }),
  }
}

/** Large, and it would give hidden checks away: never read for a page. */
const evidence = { before: true, after: true } as const

function view(
  row: Omit<Verdict, keyof typeof evidence>,
  lab: string,
  used: (until: Date) => HintsUsed,
): VerdictView {
  const hints = used(row.createdAt)
  const answers = givenSchema.nullable().parse(row.answers)
  const verdict = verdictSchema.parse(row.verdict)
  return {
    id: row.id,
    attempt: row.attemptId,
    lab,
    generation: row.generation,
    createdAt: row.createdAt.toISOString(),
    answers,
    counts: row.status === 'pass' || row.status === 'fail',
    verdict,
    hints,
    work: workView(workSchema.nullable().parse(row.work), answers, verdict),
    score: Math.max(0, row.score - hints.cost),
  }
}

function workView(work: Work | null, answers: Given | null, verdict: Judged): WorkView | null {
  if (!work) return null
  const { commands } = work
  return { ...work, tools: toolsUsed(commands), proof: proofOf(commands, provingCounter(answers, verdict)) }
}

function proofOf(commands: Work['commands'], counter: string | null): WorkView['proof'] {
  if (counter === null) return null
  const look = firstLook(commands, counter)
  return { counter, seen: look !== null, at: look?.at ?? null }
}

/** The counter named, once the judge has said that it is one; which one would be right stays with the lab. */
function provingCounter(answers: Given | null, { criteria }: Judged): string | null {
  const proves = criteria.some(
    ({ id, kind, status }) => kind === 'diagnosis' && id === 'counter' && status === 'pass',
  )
  return proves && answers && 'counter' in answers ? counterId(answers.counter) : null
}

/** The answers come from a form; they are checked here, at the door, every field at once. */
export function parseAnswers(answers: unknown): Given | null {
  const isSheet = typeof answers === 'object' && answers !== null && 'figures' in answers
  const parsed = (isSheet ? sheetSchema : answersSchema).nullable().safeParse(answers)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'answers'}: ${issue.message}`,
  )
  throw badInput(
    'bad-answers',
    `The diagnosis is not complete. ${problems.join('. ')}.`,
    'Mend these fields and check again.',
  )
}
