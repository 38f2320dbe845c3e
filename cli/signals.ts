/**
 * Ctrl-C and its relatives as a promise. One keypress may arrive more than once (the terminal sends it to the whole group, npm passes it
 * on), so only a later one means impatience. Knows nothing of what is stopped.
 */
import { say } from './output.ts'

export class Interrupted extends Error {
  override name = 'Interrupted'
  readonly remedy = 'Run the command again: it goes on where it stopped.'
}

export interface Interrupt {
  happened: Promise<Interrupted>
  /** The work's result, unless a signal comes first: then Interrupted is thrown. */
  unless<T>(work: Promise<T>): Promise<T>
  forget(): void
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const sameKeypressMs = 1000

export function onInterrupt(): Interrupt {
  let first = 0
  let tell: (why: Interrupted) => void
  const happened = new Promise<Interrupted>((resolve) => {
    tell = resolve
  })
  const hear = (signal: NodeJS.Signals) => {
    if (!first) {
      first = Date.now()
      tell(new Interrupted(`Interrupted (${signal}).`))
    } else if (Date.now() - first > sameKeypressMs) {
      say('Leaving at once. The next start ends what is left behind.')
      process.exit(130)
    }
  }
  for (const name of names) process.on(name, hear)
  return {
    happened,
    unless: (work) => Promise.race([work, happened.then((why) => Promise.reject(why))]),
    forget: () => {
      for (const name of names) process.off(name, hear)
    },
  }
}
