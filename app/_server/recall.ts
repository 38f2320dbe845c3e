/** Recall questions as one person sees them: those of a chapter with their schedules, and what is due of the whole course. Knows no page. */
import 'server-only'
import type { Person } from '#/classroom/index.ts'
import { isDue } from '#/classroom/spacing.ts'
import type { RecallView } from '#/classroom/types.ts'
import type { RecallQuestion } from '#/content/recall.ts'
import type { Chapter } from '#/content/schema.ts'
import { classroom } from './classroom.ts'

export interface AskedQuestion extends RecallQuestion {
  /** Null: never answered. */
  schedule: RecallView | null
  due: boolean
}
export interface ChapterRecall {
  chapter: Chapter
  questions: AskedQuestion[]
}

/** Of these chapters, in their order. Questions that are no longer asked do not come up. */
export async function recallOf(person: Person, chapters: Chapter[]): Promise<ChapterRecall[]> {
  const kept = await (await classroom()).recalls(person)
  const now = new Date()
  return chapters.map((chapter) => ({
    chapter,
    questions: chapter.questions.map((question) => {
      const schedule =
        kept.find((row) => row.chapter === chapter.meta.slug && row.question === question.id) ?? null
      return { ...question, schedule, due: schedule !== null && isDue(datesOf(schedule), now) }
    }),
  }))
}

const datesOf = ({ dueAt }: RecallView) => ({ dueAt: dueAt === null ? null : new Date(dueAt) })
