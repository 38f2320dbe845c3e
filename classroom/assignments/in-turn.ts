/**
 * So many at a time, the others in order. Who waits holds nothing: a class that hands in within a second would else wait for the database's few
 * connections, and those who wait for one too long are refused. Knows nothing of what is done.
 */
export function inTurn(most: number) {
  let free = most
  const waiting: (() => void)[] = []

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--
    else await new Promise<void>((begin) => waiting.push(begin))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
