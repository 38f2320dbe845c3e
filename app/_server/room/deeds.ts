/** What an instructor does in an open room, by name. Knows no rights: the classroom refuses. */
import 'server-only'
import { z } from 'zod'
import { type Classroom, type Person, Refusal } from '#/classroom/index.ts'
import { problemText } from '../../_text/en.ts'

type RoomDeed = (room: Classroom, person: Person, cohort: string, asked: unknown) => Promise<void>

/** Its input is read at the door; what it means is the classroom's. */
const deed =
  <T>(
    schema: z.ZodType<T>,
    work: (room: Classroom, person: Person, cohort: string, asked: T) => Promise<void>,
  ) =>
  (room: Classroom, person: Person, cohort: string, asked: unknown): Promise<void> => {
    const parsed = schema.safeParse(asked)
    if (!parsed.success) throw new Refusal(400, problemText.badRequest)
    return work(room, person, cohort, parsed.data)
  }

const text = z.string().max(2_000)
const minutes = z.number().max(100_000)

export const roomDeeds: Record<string, RoomDeed> = {
  bring: deed(z.object({ item: z.string().max(80) }), (room, person, cohort, { item }) =>
    room.bring(person, cohort, item),
  ),
  tell: deed(z.object({ kind: z.string().max(20), text }), (room, person, cohort, asked) =>
    room.tell(person, cohort, asked.kind, asked.text),
  ),
  time: deed(z.object({ text, minutes }), (room, person, cohort, asked) =>
    room.startTimer(person, cohort, asked.text, asked.minutes),
  ),
  'more-time': deed(z.object({ minutes }), (room, person, cohort, asked) =>
    room.moreTime(person, cohort, asked.minutes),
  ),
  'stop-time': deed(z.object({}), (room, person, cohort) => room.stopTimer(person, cohort)),
  reveal: deed(
    z.object({ lab: z.string().max(64), hint: z.number().nullable() }),
    (room, person, cohort, { lab, hint }) => room.reveal(person, cohort, lab, hint),
  ),
  lower: deed(z.object({ person: z.string().max(64) }), (room, person, cohort, asked) =>
    room.lowerHand(person, cohort, asked.person),
  ),
}
