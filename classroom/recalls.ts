/**
 * Recall questions: what somebody answered, and when each is asked again. Knows the schedule, not the questions: whether a question exists is
 * for the caller to see to.
 */
import type { Database } from './database.ts'
import { badInput } from './refusal.ts'
import { answered } from './spacing.ts'
import type { Person, RecallView } from './types.ts'

export function recalls(db: Database) {
  return {
    async recalls(person: Person): Promise<RecallView[]> {
      const rows = await db.recall.findMany({ where: { personId: person.id }, orderBy: { dueAt: 'asc' } })
      return rows.map(viewOf)
    },

    /** Two answers at once are one: the later one finds the schedule moved and leaves it. */
    async answerRecall(
      person: Person,
      chapter: string,
      question: string,
      knew: boolean,
      now = new Date(),
    ): Promise<RecallView> {
      if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(chapter) || !/^[0-9a-f]{12}$/.test(question)) {
        throw badInput(
          'unknown-question',
          'There is no such question.',
          'Reload the chapter and answer again.',
        )
      }
      const id = { personId: person.id, chapter, question }
      const key = { personId_chapter_question: id }
      const before = await db.recall.findUnique({ where: key })
      const next = answered(before, knew, now)
      if (!before) await db.recall.createMany({ data: [{ ...id, ...next }], skipDuplicates: true })
      else await db.recall.updateMany({ where: { ...id, answeredAt: before.answeredAt }, data: next })
      return viewOf(await db.recall.findUniqueOrThrow({ where: key }))
    },
  }
}

const viewOf = (row: {
  chapter: string
  question: string
  step: number
  dueAt: Date | null
}): RecallView => ({
  chapter: row.chapter,
  question: row.question,
  step: row.step,
  dueAt: row.dueAt?.toISOString() ?? null,
})
