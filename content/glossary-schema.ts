/** What a term of the glossary is. Knows no term and no page. */
import { z } from 'zod'

const line = z.string().trim().min(1)

export const glossaryTermSchema = z.strictObject({
  /** What `<Term of="…">` says, and its anchor on the page. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: line.max(60),
  /** At most three sentences that stand in brackets behind the word: they must be readable in the middle of a sentence. */
  means: line.max(320),
  /** Slug of the chapter that explains it at length, and has it in a `<Term>`. */
  chapter: line,
  /** Where it can be checked: a file and function of kernel 6.12, or a man page. */
  source: line,
})
export type GlossaryTerm = z.infer<typeof glossaryTermSchema>
