/** What a workbench needs to know of the assignment that it is work on, and the answers that are handed in with it. Knows no date and no grade. */
import type { Given, Question } from '#/labs/schema.ts'
import { diagnosisDrafts, readDraft } from './diagnosis.ts'
import { readSheet, sheetDrafts } from './sheet.ts'

export interface Assigned {
  id: string
  title: string
  /** The workbench's own page, and the assignment's. */
  href: string
  back: string
  liveMap: boolean
  rewind: boolean
  /** What an attempt is here; said before it begins. */
  note: string
}

/** As they stand in the form; `wrong` when they are begun and cannot be handed in like this. */
export type Answered = { ok: true; answers: Given | null } | { ok: false; what: 'diagnosis' | 'sheet' }

export function answersOf(attempt: string, questions: readonly Question[] | null): Answered {
  if (questions) {
    const { sheet, wrong } = readSheet(
      questions.map(({ id }) => id),
      sheetDrafts.open(attempt),
    )
    return wrong.length > 0 ? { ok: false, what: 'sheet' } : { ok: true, answers: sheet }
  }
  const read = readDraft(diagnosisDrafts.open(attempt))
  if (read.kind === 'wrong') return { ok: false, what: 'diagnosis' }
  return { ok: true, answers: read.kind === 'complete' ? read.answers : null }
}
