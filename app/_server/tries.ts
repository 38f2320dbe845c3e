/**
 * How often a password may be wrong. Only failures count: a class that signs in from one address is never slowed down by its number, nor by
 * somebody who guesses from the same address.
 *
 * - A password is guessed one login at a time: failures are counted per login and address, and after the fifth each costs a wait that doubles,
 *   up to a quarter of an hour. Somebody at another address does not wait.
 * - Many logins with one password each: all failures of an address together empty a bucket of 300 that one a second flows into. While it is
 *   empty, who comes from there waits.
 * - A browser in which this login has signed in before (device.ts) has a count of its own instead of both: what a neighbour types does not reach it.
 *
 * Codes and links are not counted at all: they hold 60 bits and more. In the memory of the app: a restart forgets. Pure but for the clock; knows no
 * request.
 */
import { readLogin } from '#/classroom/names.ts'

export interface Try {
  address: string
  login: string
  /** Null: a browser in which this login has not signed in yet. */
  device: string | null
}

const freeTries = 5
const longestWaitMs = 15 * 60_000
const forgetMs = 60 * 60_000
const bucket = { size: 300, perSecond: 1 }
/** Of each kind; the oldest goes. */
const keptAtMost = 20_000

export function tries(now: () => number = Date.now) {
  const pairs = bounded<{ failures: number; at: number }>()
  const addresses = bounded<{ level: number; at: number }>()

  /** What is left in the bucket of an address now. */
  function left(address: string): number {
    const found = addresses.get(address)
    return found
      ? Math.min(bucket.size, found.level + ((now() - found.at) / 1000) * bucket.perSecond)
      : bucket.size
  }

  function pairWait(key: string): number {
    const found = pairs.get(key)
    if (!found || found.failures < freeTries || now() - found.at > forgetMs) return 0
    const wait = Math.min(longestWaitMs, 1000 * 2 ** (found.failures - freeTries))
    return Math.max(0, found.at + wait - now())
  }

  return {
    /** Milliseconds until this may be tried; 0: now. */
    wait(asked: Try): number {
      const room = left(asked.address)
      const bucketWait = asked.device !== null || room >= 1 ? 0 : ((1 - room) / bucket.perSecond) * 1000
      return Math.ceil(Math.max(pairWait(keyOf(asked)), bucketWait))
    },

    failed(asked: Try): void {
      const { address, device } = asked
      if (device === null) addresses.set(address, { level: Math.max(0, left(address) - 1), at: now() })
      const key = keyOf(asked)
      const before = pairs.get(key)
      const failures = before && now() - before.at <= forgetMs ? before.failures + 1 : 1
      pairs.set(key, { failures, at: now() })
    },

    succeeded(asked: Try): void {
      pairs.delete(keyOf(asked))
    },
  }
}

/** By the login as the classroom reads it: another spelling of it has no tries of its own. */
const keyOf = ({ address, login, device }: Try): string =>
  `${device === null ? `from ${address}` : `device ${device}`}\n${readLogin(login) ?? ''}`

/** What was set last is kept: a flood of new keys takes no more memory than this. */
function bounded<T>() {
  const kept = new Map<string, T>()
  return {
    get: (key: string) => kept.get(key),
    delete: (key: string) => kept.delete(key),
    set(key: string, value: T) {
      kept.delete(key)
      kept.set(key, value)
      if (kept.size <= keptAtMost) return
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        break
      }
    },
  }
}
