/** What a command of the pocket is. Knows no command and no page. */
import { z } from 'zod'
import { stageIds } from '../labs/stages.ts'

const line = z.string().trim().min(1)

export const pocketCommandSchema = z.strictObject({
  /** Its anchor on the page. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  stage: z.enum(stageIds),
  /** One line for root's shell on the server. It only looks: a click may run it on any lab's machine at any time. */
  line: z.string().regex(/^[\x20-\x7e]{1,200}$/, 'must be one line of printable ASCII'),
  /** The question that it answers. */
  asks: line,
  /** What one of our machines printed, cut to what is explained. */
  output: line,
  /** Each column, name or figure of the output that matters. `name` stands in the output as it is written here. `seldom`: printed only where there is something to say. */
  columns: z.array(z.strictObject({ name: line, means: line, seldom: z.literal(true).optional() })).min(1),
  /** Slug of the chapter that explains it. */
  chapter: line,
})
export type PocketCommand = z.infer<typeof pocketCommandSchema>
