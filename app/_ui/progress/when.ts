/** When a question comes again, in words. Pure: the caller says what time it is. */
import { readingText as text } from '#/app/_text/en.ts'

const dayMs = 86_400_000

/** @param dueAt ISO 8601 */
export const comesAgain = (dueAt: string, now: Date): string =>
  text.inDays(Math.ceil((Date.parse(dueAt) - now.getTime()) / dayMs))

/** What stands below an answer. */
export function recallState(schedule: { dueAt: string | null } | null, now: Date): string {
  if (!schedule) return text.ask
  if (schedule.dueAt === null) return text.learned
  if (Date.parse(schedule.dueAt) <= now.getTime()) return text.askAgain
  return text.again(comesAgain(schedule.dueAt, now))
}
