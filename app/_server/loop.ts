/**
 * Something done again and again for as long as the app runs. Every process of the app runs its own: what is done must bear that. Keeps no process
 * alive that has nothing else to do. Knows nothing of what is done.
 */

/** After an outage, of the database for instance. */
const outageMs = 5_000

/** @param work how much was done; when it was anything, it is asked again at once */
export function startLoop(what: string, restMs: number, work: () => Promise<number>): void {
  next(restMs)

  function next(ms: number): void {
    setTimeout(round, ms).unref()
  }

  async function round(): Promise<void> {
    try {
      const done = await work()
      next(done > 0 ? 0 : restMs)
    } catch (error) {
      process.stderr.write(`${what}: ${error instanceof Error ? error.message : error}\n`)
      next(outageMs)
    }
  }
}
