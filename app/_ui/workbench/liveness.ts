/**
 * Whether a connection lives that does not say when it is lost, as after a network that went away silently: after a while without a word it is asked,
 * and given up when it does not answer. Knows no socket.
 */

export const quietMs = 15_000
export const answerMs = 4_000

export interface Liveness {
  /** Something came. */
  heard(): void
  /** There is reason to doubt: a laptop woke, a network came. */
  probe(): void
  stop(): void
}

export function liveness({ ask, dead }: { ask(): void; dead(): void }): Liveness {
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(then, ms)
  }
  const probe = () => {
    ask()
    wait(answerMs, dead)
  }
  const heard = () => wait(quietMs, probe)
  heard()
  return { heard, probe, stop: () => clearTimeout(timer) }
}
