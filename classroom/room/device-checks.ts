/** What the check page tries, and how it says what came of it. Safe to import in a browser. */
import { z } from 'zod'

export const deviceChecks = ['browser', 'socket', 'line', 'clipboard', 'keyboard'] as const
export type DeviceCheckId = (typeof deviceChecks)[number]

const outcome = z.enum(['pass', 'fail', 'open'])
export const deviceResultsSchema = z.object({
  browser: outcome,
  socket: outcome,
  line: outcome,
  clipboard: outcome,
  keyboard: outcome,
  /** What the browser calls itself, and how large its window is. */
  agent: z.string().max(400),
  window: z.string().max(20),
})
export type DeviceResults = z.infer<typeof deviceResultsSchema>
