/**
 * Looks after the embedded server while somebody works with it: one that ended by no word of ours (a kill, the host's memory) is started again, on its old
 * port, where whoever has its address finds it. Knows how to ask and what to start, by two functions.
 */
import { setTimeout as sleep } from 'node:timers/promises'

export interface Watch {
  /** Whether the server is there. */
  isUp(): Promise<boolean>
  /** Starts it again. @throws when it cannot be */
  start(): Promise<void>
  say(line: string): void
  everyMs?: number
  /** After a start that failed. */
  againMs?: number
}

/** @returns how to end it; once that is done nothing is started any more */
export function watchServer({
  isUp,
  start,
  say,
  everyMs = 1_000,
  againMs = 5_000,
}: Watch): () => Promise<void> {
  const over = new AbortController()
  const rest = (ms: number) => sleep(ms, undefined, { signal: over.signal, ref: false }).catch(() => {})

  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      // What cannot be told is asked again.
      const failed = (await isUp().catch(() => true)) || over.signal.aborted ? false : !(await begin())
      await rest(failed ? againMs : everyMs)
    }
  }

  async function begin(): Promise<boolean> {
    say('The database server ended; starting it again.')
    try {
      await start()
      say('The database server is up again.')
      return true
    } catch (error) {
      say(`The database server does not start: ${error instanceof Error ? error.message : String(error)}`)
      return false
    }
  }

  const watching = watch()
  return async () => {
    over.abort()
    await watching
  }
}
