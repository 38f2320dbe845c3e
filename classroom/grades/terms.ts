/** What is allowed while one works on an assignment. Pure. */
import { z } from 'zod'
import { hintsCost } from '../../labs/hint-price.ts'

export const termsSchema = z.strictObject({
  hints: z.boolean(),
  /** Times the usual price; 0 makes hints free. Hints seen before count as well: they cannot be unseen. */
  hintCost: z.number().min(0).max(10),
  liveMap: z.boolean(),
  rewind: z.boolean(),
})
export type Terms = z.infer<typeof termsSchema>

export const openTerms: Terms = { hints: true, hintCost: 1, liveMap: true, rewind: true }

/** Of the full mark, 0 to 1: hints are priced in points of the hundred that every lab has. */
export const hintsTaken = (terms: Terms, seen: number): number =>
  Math.min(1, (hintsCost(seen) * terms.hintCost) / 100)
