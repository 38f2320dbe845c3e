/**
 * The workshop room of a cohort: opened, led and closed by its instructors, attended by its learners. Everything here is stored, and what is done with
 * rights over others is written into the audit log in the same transaction. Knows no page and nobody's connection.
 */
import type { WorkshopRoom } from '../../prisma/client/client.ts'
import { type AuditAction, note } from '../audit.ts'
import { holdLiveCohort, requireLiveCohort } from '../cohorts.ts'
import { type Database, isDuplicate, type Transaction } from '../database.ts'
import { badInput, noOpenRoom, noSuchThing, unknownLab } from '../refusal.ts'
import { readItem } from '../releases.ts'
import { type Action, may } from '../rights.ts'
import { isId, requireCohort, standingInCohort } from '../standing.ts'
import type { Person } from '../types.ts'
import { ledView, openRoomOf, roomFacts } from './facts.ts'
import type { LedView } from './view.ts'

export const longestMessage = 500
export const longestTimerMinutes = 240
/** No lab has more; which a lab has is for the caller to see to. */
const mostHints = 20

export function rooms(db: Database, labs: ReadonlySet<string>) {
  return {
    ...roomFacts(db),

    /** Null while none is open. */
    async room(person: Person, cohortId: string): Promise<LedView | null> {
      await requireCohort(db, person, 'room.see', cohortId)
      const room = await openRoomOf(db, cohortId)
      return room && ledView(db, room)
    },

    /** Whether whoever asks may lead it, or only help in it. */
    async mayLead(person: Person, cohortId: string): Promise<boolean> {
      return may(person, 'room.lead', await standingInCohort(db, person, cohortId))
    },

    /** Whether a room is open for them as a learner. */
    async attendsRoom(person: Person): Promise<boolean> {
      const cohorts = await this.classes(person)
      return (await db.workshopRoom.count({ where: { closedAt: null, cohortId: { in: cohorts } } })) > 0
    },

    /** The cohorts in which a room may open for them. */
    async classes(person: Person): Promise<string[]> {
      const rows = await db.enrollment.findMany({
        where: { personId: person.id, role: 'learner', cohort: { archivedAt: null } },
        select: { cohortId: true },
      })
      return rows.map(({ cohortId }) => cohortId)
    },

    /** Of their cohorts the one that an assignment belongs to; null: of none. */
    async classOf(person: Person, assignment: string): Promise<string | null> {
      if (!isId(assignment)) return null
      const found = await db.assignment.findFirst({
        where: { id: assignment, cohortId: { in: await this.classes(person) } },
        select: { cohortId: true },
      })
      return found?.cohortId ?? null
    },

    /** What was shown to all; for whoever attends or helps. */
    async reveals(person: Person, cohortId: string): Promise<LedView['reveals']> {
      const standing = isId(cohortId) ? await standingInCohort(db, person, cohortId) : 'none'
      if (!may(person, 'room.attend', standing) && !may(person, 'room.see', standing)) throw noSuchThing()
      const room = await openRoomOf(db, cohortId)
      return room ? (await ledView(db, room)).reveals : []
    },

    /** Opening twice is opening once. */
    async openRoom(person: Person, cohortId: string): Promise<void> {
      await requireLiveCohort(db, person, 'room.lead', cohortId)
      if (await openRoomOf(db, cohortId)) return
      await db
        .$transaction(async (tx) => {
          await holdLiveCohort(tx, cohortId)
          await tx.workshopRoom.create({ data: { cohortId } })
          await note(tx, person, { action: 'room.opened', cohortId })
        })
        .catch((error) => {
          if (!isDuplicate(error)) throw error
        })
    },

    async closeRoom(person: Person, cohortId: string): Promise<void> {
      await lead(person, cohortId, 'room.closed', {}, async (tx, { id }) => {
        await shutRoom(tx, id)
      })
    },

    /** Brings everybody to a chapter or a lab; where an instructor opens by hand, that opens it. */
    async bring(person: Person, cohortId: string, typed: string): Promise<void> {
      const { kind, item } = readItem(typed)
      await lead(person, cohortId, 'room.brought', { item: typed }, async (tx, { id }, { pacing }) => {
        const now = new Date()
        await tx.workshopRoom.update({ where: { id }, data: { leadItem: typed, leadAt: now } })
        if (pacing !== 'hand') return
        await tx.release.upsert({
          where: { cohortId_kind_item: { cohortId, kind, item } },
          create: { cohortId, kind, item, openedAt: now },
          update: { openedAt: now },
        })
      })
    },

    async tell(person: Person, cohortId: string, kind: string, typed: string): Promise<void> {
      if (kind !== 'message' && kind !== 'command') throw badText()
      const text = requireText(typed)
      await lead(person, cohortId, 'room.told', { kind, text }, async (tx, { id }) => {
        await tx.roomMessage.create({ data: { roomId: id, kind, text } })
      })
    },

    /** A timed exercise, from now on. A second one takes the place of the first. */
    async startTimer(person: Person, cohortId: string, typed: string, minutes: number): Promise<void> {
      const text = requireText(typed)
      const ends = new Date(Date.now() + requireMinutes(minutes) * 60_000)
      await lead(person, cohortId, 'room.timer', { text, minutes }, async (tx, { id }) => {
        await tx.workshopRoom.update({ where: { id }, data: { timerText: text, timerEndsAt: ends } })
      })
    },

    /** More time for everybody; from now on when it is over already. */
    async moreTime(person: Person, cohortId: string, minutes: number): Promise<void> {
      const more = requireMinutes(minutes)
      await lead(person, cohortId, 'room.timer', { more: minutes }, async (tx, room) => {
        if (!room.timerEndsAt) throw noTimer()
        const from = Math.max(room.timerEndsAt.getTime(), Date.now())
        const timerEndsAt = new Date(from + more * 60_000)
        await tx.workshopRoom.update({ where: { id: room.id }, data: { timerEndsAt } })
      })
    },

    async stopTimer(person: Person, cohortId: string): Promise<void> {
      await lead(person, cohortId, 'room.timer', { stopped: true }, async (tx, { id }) => {
        await tx.workshopRoom.update({ where: { id }, data: { timerText: null, timerEndsAt: null } })
      })
    },

    /** Shows a hint, or the solution (null), to all. It counts as a hint seen for nobody. */
    async reveal(person: Person, cohortId: string, lab: string, hint: number | null): Promise<void> {
      if (!labs.has(lab)) throw unknownLab(lab)
      const number = hint ?? 0
      if (!Number.isInteger(number) || number < 0 || number > mostHints || hint === 0) throw noSuchThing()
      await lead(person, cohortId, 'room.revealed', { lab, hint }, async (tx, { id: roomId }) => {
        await tx.roomReveal.createMany({ data: [{ roomId, lab, number }], skipDuplicates: true })
      })
    },

    /** Their own. Raising it twice keeps the place. */
    async raiseHand(person: Person, cohortId: string, up: boolean): Promise<void> {
      await requireCohort(db, person, 'room.attend', cohortId)
      const room = await openRoomOf(db, cohortId)
      if (!room) throw noOpenRoom()
      const hand = { roomId: room.id, personId: person.id }
      if (up) await db.raisedHand.createMany({ data: [hand], skipDuplicates: true })
      else await db.raisedHand.deleteMany({ where: hand })
    },

    /** Somebody was helped. */
    async lowerHand(person: Person, cohortId: string, subjectId: string): Promise<void> {
      await requireCohort(db, person, 'room.help', cohortId)
      const room = await openRoomOf(db, cohortId)
      if (!room || !isId(subjectId)) throw noSuchThing()
      await db.$transaction(async (tx) => {
        const { count } = await tx.raisedHand.deleteMany({ where: { roomId: room.id, personId: subjectId } })
        if (count > 0) await note(tx, person, { action: 'room.hand', cohortId, subjectId })
      })
    },
  }

  /** What an instructor does in an open room, noted with it. */
  async function lead(
    person: Person,
    cohortId: string,
    action: AuditAction,
    detail: Record<string, unknown>,
    work: (tx: Transaction, room: WorkshopRoom, cohort: { pacing: string }) => Promise<void>,
  ): Promise<void> {
    const right: Action = 'room.lead'
    const cohort = await requireLiveCohort(db, person, right, cohortId)
    await db.$transaction(async (tx) => {
      const room = await lockOpenRoom(tx, cohortId)
      if (!room) throw noOpenRoom()
      await work(tx, room, cohort)
      await note(tx, person, { action, cohortId, detail })
    })
  }
}

/** Whoever comes second waits and reads what the first has written: two times five more minutes are ten. */
export async function lockOpenRoom(tx: Transaction, cohortId: string): Promise<WorkshopRoom | null> {
  await tx.$queryRaw`SELECT 1 FROM "WorkshopRoom" WHERE "cohortId" = ${cohortId}::uuid AND "closedAt" IS NULL FOR UPDATE`
  return tx.workshopRoom.findFirst({ where: { cohortId, closedAt: null } })
}

export async function shutRoom(tx: Transaction, id: string): Promise<void> {
  await tx.raisedHand.deleteMany({ where: { roomId: id } })
  await tx.workshopRoom.update({ where: { id }, data: { closedAt: new Date() } })
}

/** Control characters, and those that turn the direction of the text around them: a command is run by whoever trusts it. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

function requireText(typed: string): string {
  const text = typed.trim()
  if (text.length < 1 || text.length > longestMessage || unprintable.test(text)) throw badText()
  return text
}

function requireMinutes(minutes: number): number {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= longestTimerMinutes) return minutes
  throw badInput(
    'bad-minutes',
    `A time has 1 to ${longestTimerMinutes} whole minutes. Nothing was changed.`,
    'Give such a number.',
  )
}

const badText = () =>
  badInput(
    'bad-text',
    `What is told to the room is one line of 1 to ${longestMessage} characters. Nothing was sent.`,
    'Shorten it, or send it in parts.',
  )

const noTimer = () => badInput('no-timer', 'No timer runs. Nothing was changed.', 'Start one first.')
