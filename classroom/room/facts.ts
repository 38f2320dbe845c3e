/**
 * What is stored of a room, read at one moment as the reducer takes it: what the instructor leads with, raised hands, and of each learner where they are
 * in the course. Acts for nobody: who may hear of it is for the caller to see to.
 */
import { z } from 'zod'
import type { WorkshopRoom } from '../../prisma/client/client.ts'
import type { Database } from '../database.ts'
import { shownIn } from '../looking/screens.ts'
import type { Item } from '../release.ts'
import type { LearnerFacts, RoomEvent } from './state.ts'
import { type LedView, mostMessages } from './view.ts'

/** More have no tile: a wall of thousands shows nothing. Those who are here come before those who are not. */
export const mostLearners = 300
/** Verdicts are large and never change: what was counted in one is not read again. */
const mostCounted = 5_000

type Stored = Extract<RoomEvent, { type: 'stored' }>
type Criteria = { passed: number; all: number }

export function roomFacts(db: Database) {
  const counted = new Map<string, Criteria>()

  return {
    /** @param here ids of those who have a page open */
    async storedRoom(cohortId: string, here: readonly string[] = []): Promise<Stored> {
      const room = await openRoomOf(db, cohortId)
      if (!room) return { type: 'stored', led: null, learners: [], hidden: 0, hands: [] }
      const [led, hands, people] = await Promise.all([
        ledView(db, room),
        db.raisedHand.findMany({ where: { roomId: room.id } }),
        peopleOf(cohortId, here),
      ])
      const learners = await learnersOf(cohortId, people.shown, room.openedAt)
      return {
        type: 'stored',
        led,
        learners,
        hidden: people.hidden,
        hands: hands.map(({ personId, raisedAt }) => ({ person: personId, at: raisedAt.getTime() })),
      }
    },
  }

  async function peopleOf(cohortId: string, here: readonly string[]) {
    const learners = { cohortId, role: 'learner' } as const
    const select = { person: { select: { id: true, name: true } } }
    const [all, first, present] = await Promise.all([
      db.enrollment.count({ where: learners }),
      db.enrollment.findMany({
        where: learners,
        select,
        orderBy: [{ person: { name: 'asc' } }, { personId: 'asc' }],
        take: mostLearners,
      }),
      db.enrollment.findMany({ where: { ...learners, personId: { in: [...here] } }, select }),
    ])
    const unique = new Map([...present, ...first].map(({ person }) => [person.id, person]))
    const shown = [...unique.values()].slice(0, mostLearners)
    return { shown, hidden: Math.max(0, all - shown.length) }
  }

  async function learnersOf(
    cohortId: string,
    people: { id: string; name: string }[],
    since: Date,
  ): Promise<LearnerFacts[]> {
    const ids = people.map(({ id }) => id)
    const [attempts, places] = await Promise.all([
      db.attempt.findMany({
        where: {
          personId: { in: ids },
          // What is closed and never began was no work.
          OR: [
            { state: { in: ['starting', 'running'] } },
            { createdAt: { gte: since }, startedAt: { not: null } },
          ],
        },
        select: attemptRow,
        orderBy: { createdAt: 'desc' },
      }),
      db.readingPlace.findMany({
        where: { personId: { in: ids }, at: { gte: since } },
        orderBy: { at: 'desc' },
      }),
    ])
    const machines = firstOfEach(attempts.filter(isOpen))
    const newest = firstOfEach(openFirst(attempts.filter((one) => isOfCohort(one, cohortId))))
    const checks = await checksOf([...newest.values()])
    const reading = firstOfEach(places)
    return people.map(({ id, name }) => {
      const place = reading.get(id)
      const attempt = newest.get(id)
      return {
        id,
        name,
        place: place ? { item: `chapter:${place.chapter}`, at: place.at.getTime() } : null,
        attempt: attempt ? attemptFacts(attempt, checks.get(attempt.id) ?? []) : null,
        machine: machines.get(id)?.lab ?? null,
      }
    })
  }

  /** Those that count, oldest first, by attempt: of the lab that it is at now, when its machine was broken anew. */
  async function checksOf(attempts: { id: string; lab: string }[]): Promise<Map<string, Check[]>> {
    const labOf = new Map(attempts.map(({ id, lab }) => [id, lab]))
    const where = { attemptId: { in: [...labOf.keys()] }, status: { in: ['pass' as const, 'fail' as const] } }
    const rows = await db.verdict.findMany({
      where,
      select: { id: true, attemptId: true, lab: true, status: true, createdAt: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
    await count(rows.map(({ id }) => id).filter((id) => !counted.has(id)))
    const found = new Map<string, Check[]>()
    for (const { id, attemptId, lab, status, createdAt } of rows) {
      if (lab !== labOf.get(attemptId)) continue
      const check = { at: createdAt.getTime(), isPass: status === 'pass', criteria: counted.get(id) ?? none }
      found.set(attemptId, [...(found.get(attemptId) ?? []), check])
    }
    return found
  }

  async function count(ids: string[]): Promise<void> {
    if (ids.length === 0) return
    const rows = await db.verdict.findMany({
      where: { id: { in: ids } },
      select: { id: true, verdict: true },
    })
    for (const { id, verdict } of rows) counted.set(id, criteriaOf(verdict))
    for (const id of counted.keys()) {
      if (counted.size <= mostCounted) break
      counted.delete(id)
    }
  }
}

export const openRoomOf = (db: Database, cohortId: string): Promise<WorkshopRoom | null> =>
  db.workshopRoom.findFirst({ where: { cohortId, closedAt: null } })

export async function ledView(db: Database, room: WorkshopRoom): Promise<LedView> {
  const [cohort, messages, reveals, shown] = await Promise.all([
    db.cohort.findUniqueOrThrow({ where: { id: room.cohortId }, select: { name: true } }),
    db.roomMessage.findMany({ where: { roomId: room.id }, orderBy: { id: 'desc' }, take: mostMessages }),
    db.roomReveal.findMany({ where: { roomId: room.id }, orderBy: { at: 'desc' } }),
    shownIn(db, room.cohortId),
  ])
  const { id, cohortId, openedAt, leadItem, leadAt, timerText, timerEndsAt } = room
  return {
    id,
    cohort: cohortId,
    name: cohort.name,
    openedAt: openedAt.getTime(),
    lead: leadItem && leadAt ? { item: leadItem as Item, at: leadAt.getTime() } : null,
    timer: timerText !== null && timerEndsAt ? { text: timerText, endsAt: timerEndsAt.getTime() } : null,
    messages: messages.map(({ id, kind, text, at }) => ({ id, kind, text, at: at.getTime() })),
    reveals: reveals.map(({ lab, number, at }) => ({
      lab,
      hint: number === 0 ? null : number,
      at: at.getTime(),
    })),
    screen: shown && { by: shown.attempt.person.name },
  }
}

interface Check {
  at: number
  isPass: boolean
  criteria: Criteria
}

const none: Criteria = { passed: 0, all: 0 }

const attemptRow = {
  ...{ id: true, personId: true, lab: true, state: true, createdAt: true, startedAt: true },
  injections: { where: { state: 'done' }, orderBy: { at: 'desc' }, take: 1, select: { at: true } },
  assignment: { select: { cohortId: true } },
} as const

interface AttemptRow {
  id: string
  personId: string
  lab: string
  state: string
  createdAt: Date
  startedAt: Date | null
  /** The newest, if any: since then it is work on another lab. */
  injections: { at: Date }[]
  /** Null: for practice. */
  assignment: { cohortId: string } | null
}

const isOpen = ({ state }: AttemptRow): boolean => state === 'starting' || state === 'running'

/** Work for another cohort is nothing that this one's instructors may see (rights.md, learner.look). */
const isOfCohort = ({ assignment }: AttemptRow, cohortId: string): boolean =>
  assignment === null || assignment.cohortId === cohortId

/** Else as they are. */
const openFirst = (rows: readonly AttemptRow[]): AttemptRow[] => [
  ...rows.filter(isOpen),
  ...rows.filter((one) => !isOpen(one)),
]

function attemptFacts(row: AttemptRow, checks: readonly Check[]): NonNullable<LearnerFacts['attempt']> {
  const { id, lab, createdAt, startedAt, injections } = row
  const began = (injections[0]?.at ?? startedAt ?? createdAt).getTime()
  let best = 0
  let progressAt = began
  for (const { at, criteria } of checks) {
    if (criteria.passed <= best) continue
    best = criteria.passed
    progressAt = at
  }
  return {
    id,
    lab,
    isOpen: isOpen(row),
    startedAt: began,
    criteria: checks.at(-1)?.criteria ?? null,
    progressAt,
    passedAt: checks.find(({ isPass }) => isPass)?.at ?? null,
    checkedAt: checks.at(-1)?.at ?? null,
  }
}

/** A baseline is a condition of the grading and nobody's merit. */
const criteriaSchema = z.object({
  criteria: z.array(z.object({ kind: z.string(), status: z.string() })),
})

function criteriaOf(verdict: unknown): Criteria {
  const parsed = criteriaSchema.safeParse(verdict)
  if (!parsed.success) return none
  const merits = parsed.data.criteria.filter(({ kind }) => kind !== 'baseline')
  return { passed: merits.filter(({ status }) => status === 'pass').length, all: merits.length }
}

function firstOfEach<T extends { personId: string }>(rows: readonly T[]): Map<string, T> {
  const found = new Map<string, T>()
  for (const row of rows) if (!found.has(row.personId)) found.set(row.personId, row)
  return found
}
