/** The sheet as text, and as figures. Pure, but for the drafts. */
import { z } from 'zod'
import type { Given, Sheet } from '../../../labs/schema.ts'
import { wholeNumber } from './diagnosis.ts'
import { draftsOf } from './drafts.ts'

/** What was typed, by the question's id. */
const draftSchema = z.record(z.string(), z.string())
export type SheetDraft = z.infer<typeof draftSchema>

export interface ReadSheet {
  /** Null when nothing was given. */
  sheet: Sheet | null
  /** Questions whose answer is no whole number. */
  wrong: string[]
}

/** A question may stay open; what was typed must be a number. */
export function readSheet(ids: string[], draft: SheetDraft): ReadSheet {
  const typed = ids.flatMap((id) => (draft[id]?.trim() ? [{ id, number: wholeNumber(draft[id]) }] : []))
  const figures = typed.flatMap(({ id, number }) => (number === undefined ? [] : [[id, number] as const]))
  return {
    sheet: figures.length > 0 ? { figures: Object.fromEntries(figures) } : null,
    wrong: typed.flatMap(({ id, number }) => (number === undefined ? [id] : [])),
  }
}

/** The sheet as it was filled in when this was given. */
export const sheetDraftOf = (given: Given | null): SheetDraft | undefined =>
  given && 'figures' in given
    ? Object.fromEntries(Object.entries(given.figures).map(([id, figure]) => [id, `${figure}`]))
    : undefined

export const sheetDrafts = draftsOf<SheetDraft>('sheet', draftSchema, {})
