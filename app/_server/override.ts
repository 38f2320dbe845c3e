/** An instructor's word on a grade, as it is sent: {percent, reason}. */
import { z } from 'zod'

/** What is no number reaches the classroom as none, which says so with its field. */
const percent = z
  .union([z.number(), z.string().max(100), z.null()])
  .transform((typed) => (typeof typed === 'number' ? typed : Number.NaN))

export const overrideSchema = z.object({ percent, reason: z.string().max(20_000) })
