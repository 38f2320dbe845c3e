/** The diagnosis form as text, and as answers when it is complete. Pure, but for the drafts. */
import { z } from 'zod'
import { type Answers, answersSchema, type Given } from '../../../labs/schema.ts'
import { draftsOf } from './drafts.ts'

const draftSchema = z.object({
  stage: z.string(),
  counter: z.string(),
  value: z.string(),
  limit: z.string(),
  why: z.string(),
})
export type Draft = z.infer<typeof draftSchema>
export type Field = keyof Draft
export const fields: Field[] = ['stage', 'counter', 'value', 'limit', 'why']
export const emptyDraft: Draft = { stage: '', counter: '', value: '', limit: '', why: '' }

export type Read =
  | { kind: 'empty' }
  | { kind: 'complete'; answers: Answers }
  | { kind: 'wrong'; fields: Field[] }

/** Empty but for the reason counts as empty: the reason is not graded. */
export function readDraft(draft: Draft): Read {
  const graded = [draft.stage, draft.counter, draft.value, draft.limit]
  if (graded.every((text) => text.trim() === '')) return { kind: 'empty' }
  const parsed = answersSchema.safeParse({
    ...draft,
    value: wholeNumber(draft.value),
    limit: wholeNumber(draft.limit),
  })
  if (parsed.success) return { kind: 'complete', answers: parsed.data }
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]))
  return { kind: 'wrong', fields: fields.filter((field) => wrong.has(field)) }
}

/** The form as it was filled in when this was given. */
export function draftOf(given: Given | null): Draft | undefined {
  if (!given || 'figures' in given) return undefined
  const { stage, counter, value, limit, why } = given
  return { stage, counter, value: `${value}`, limit: `${limit}`, why }
}

/** People copy numbers with spaces, commas and underscores between the thousands, or in hexadecimal as softnet_stat prints them with 0x. */
export function wholeNumber(text: string): number | undefined {
  const bare = text.trim().replace(/(?<=\d)[\s,_'’](?=\d{3}(?!\d))/g, '')
  if (!/^(\d+|0x[\da-f]+)$/i.test(bare)) return undefined
  const number = Number(bare)
  return Number.isSafeInteger(number) ? number : undefined
}

export const diagnosisDrafts = draftsOf('diagnosis', draftSchema, emptyDraft)
