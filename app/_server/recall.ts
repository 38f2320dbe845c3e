/** Recall questions as one person sees them: those of a chapter with their schedules, and what is due of the whole course. Knows no page. */
import 'server-only'
import { cache } from 'react'
import { isDue } from '#/classroom/spacing.ts'
import type { RecallView } from '#/classroom/types.ts'
import type { RecallQuestion } from '#/content/recall.ts'
import type { Chapter } from '#/content/schema.ts'
import { classroom } from './classroom.ts'
import { requirePerson } from './person.ts'

export interface AskedQuestion extends RecallQuestion {
  /** Null: never answered. */
  schedule: RecallView | null
  due: boolean
}
export interface ChapterRecall {
  chapter: Chapter
  questions: AskedQuestion[]
}

/** What whoever asks has answered, once per request: a page may begin to ask before it has its chapters. */
export const recallsNow = cache(async () => (await classroom()).recalls(await requirePerson()))

/** Of these chapters, in their order, for whoever asks. Questions that are no longer asked do not come up. */
export async function recallOf(chapters: Chapter[]): Promise<ChapterRecall[]> {
  const kept = await recallsNow()
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
