/**
 * What stands in a form, by attempt. This page's own comes first: what is handed in is what is seen here, whatever another tab has typed since and
 * whether or not the browser has room for it. Knows no form.
 */
import type { z } from 'zod'
import { localKept } from '../kept.ts'

export interface Drafts<Draft> {
  empty: Draft
  /** @param typed what stands there already, and stays where nothing was kept */
  open(attempt: string, typed?: Draft): Draft
  save(attempt: string, draft: Draft): void
}

export function draftsOf<Draft>(name: string, schema: z.ZodType<Draft>, empty: Draft): Drafts<Draft> {
  const shown = new Map<string, Draft>()
  const keyOf = (attempt: string) => `ringside:${name}:${attempt}`
  function read(attempt: string): Draft | null {
    try {
      return schema.parse(JSON.parse(localKept.get(keyOf(attempt)) ?? ''))
    } catch {
      return null
    }
  }
  function save(attempt: string, draft: Draft): void {
    shown.set(attempt, draft)
    localKept.set(keyOf(attempt), JSON.stringify(draft))
  }
  return {
    empty,
    open(attempt, typed) {
      const known = shown.get(attempt) ?? read(attempt)
      if (!known && typed) save(attempt, typed)
      else shown.set(attempt, known ?? empty)
      return known ?? typed ?? empty
    },
    save,
  }
}
