/**
 * Hands in what is over, for as long as the app runs. Every process of the app runs one: they share the work through the database. Knows no rule of it
 * (classroom/assignments/submissions.ts).
 */
import type { Classroom } from '#/classroom/index.ts'

const restMs = 1_000
/** After an outage, of the database for instance. */
const outageMs = 5_000

export function startHandInLoop(room: Pick<Classroom, 'submitDue'>): void {
  next(restMs)

  /** The timer keeps no process alive that has nothing else to do. */
  function next(ms: number): void {
    setTimeout(round, ms).unref()
  }

  async function round(): Promise<void> {
    try {
      const done = await room.submitDue()
      next(done > 0 ? 0 : restMs)
    } catch (error) {
      process.stderr.write(`Handing in: ${error instanceof Error ? error.message : error}\n`)
      next(outageMs)
    }
  }
}
