/**
 * Reaching a machine that is there although it does not answer just now: an engine that is away for two seconds, or that forty ask at once, meets
 * one of them with an error, and that one's work is not lost for it. Knows no machine.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { EngineError, NotRunningError } from './driver.ts'
import { LinkError } from './link.ts'

const patienceMs = 30_000
const firstPauseMs = 250
const longestPauseMs = 4_000

/**
 * Tries until it is done or time is up, as long as nothing but the way to the machine fails; what else is thrown is an answer. An attempt's signal
 * says that it was given up: whatever it opens is to be closed then.
 * @throws what the last attempt met
 */
export async function reachPatiently<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  withinMs = patienceMs,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await within(deadline - performance.now(), attempt)
    } catch (error) {
      if (!isOutOfReach(error) || performance.now() + pauseMs >= deadline) throw error
    }
    await delay(pauseMs)
  }
}

/** Whether this says nothing about the machine, only about the way to it. */
export const isOutOfReach = (error: unknown): boolean =>
  error instanceof LinkError || (error instanceof EngineError && !(error instanceof NotRunningError))

async function within<T>(ms: number, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const givenUp = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LinkError('The machine does not answer.')), ms)
  })
  try {
    return await Promise.race([attempt(givenUp.signal), late])
  } catch (error) {
    givenUp.abort()
    throw error
  } finally {
    clearTimeout(timer)
  }
}
