/**
 * How often somebody may be wrong. Only failures count: a class that signs in from one address is never slowed down by its number, nor by
 * somebody who guesses from the same address.
 *
 * - A password is guessed one login at a time: failures are counted per login and address, and after the fifth each costs a wait that doubles,
 *   up to a quarter of an hour. Somebody at another address does not wait: nobody can lock somebody else out.
 * - Many logins with one password each: all failures of an address together empty a bucket of 300 that one a second flows into. While it is
 *   empty, only who signed in rightly from there within the last day may try.
 * - Codes and invitations hold 60 bits and more: a right one is always let in, and a wrong one costs nobody anything but its sender.
 *
 * In the memory of the app: a restart forgets. Pure but for the clock; knows no request.
 */
export interface Try {
  address: string
  login: string
}

const freeTries = 5
const longestWaitMs = 15 * 60_000
const forgetMs = 60 * 60_000
const familiarMs = 24 * 3_600_000
const bucket = { size: 300, perSecond: 1 }
/** Of each kind; the oldest goes. */
const keptAtMost = 20_000

export function tries(now: () => number = Date.now) {
  const pairs = bounded<{ failures: number; at: number }>()
  const addresses = bounded<{ level: number; at: number }>()
  const familiar = bounded<number>()

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
    wait({ address, login }: Try): number {
      const key = keyOf(address, login)
      const known = now() - (familiar.get(key) ?? Number.NEGATIVE_INFINITY) < familiarMs
      const room = left(address)
      const bucketWait = known || room >= 1 ? 0 : ((1 - room) / bucket.perSecond) * 1000
      return Math.ceil(Math.max(pairWait(key), bucketWait))
    },

    /** @param login null: a code, which names nobody */
    failed({ address, login }: { address: string; login: string | null }): void {
      addresses.set(address, { level: Math.max(0, left(address) - 1), at: now() })
      if (login === null) return
      const key = keyOf(address, login)
      const before = pairs.get(key)
      const failures = before && now() - before.at <= forgetMs ? before.failures + 1 : 1
      pairs.set(key, { failures, at: now() })
    },

    succeeded({ address, login }: Try): void {
      const key = keyOf(address, login)
      pairs.delete(key)
      familiar.set(key, now())
    },
  }
}

const keyOf = (address: string, login: string): string =>
  `${address}\n${login.trim().toLowerCase().slice(0, 254)}`

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
