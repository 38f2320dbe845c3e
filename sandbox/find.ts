/**
 * Whose machine a container is: by its labels, or, when it came out of the pool, by the memo it was handed out with. A memo is asked for once;
 * what waits in this process's own pool is not asked at all. Knows the driver port and the link.
 */
import type { ContainerInfo, Driver } from './driver.ts'
import { homeFilter, parseIdentity, poolKeyOf, readIdentity, type SandboxIdentity } from './labels.ts'
import { reachPatiently } from './patience.ts'
import { type Claim, identityMemo } from './pooled.ts'
import { reach } from './raise.ts'

export interface FoundSandbox {
  container: ContainerInfo
  identity: SandboxIdentity
}

type Narrow = Partial<Pick<SandboxIdentity, 'owner' | 'lab'>>

interface Finder {
  /** Every sandbox of this installation that is somebody's, running or not. The command line's never come out of a pool: for those nothing is asked. */
  sandboxes(narrow?: Narrow): Promise<FoundSandbox[]>
  /** Machines of the pool of which nobody here knows an owner, but for those in our own. Whether they have one, their memo knows. */
  unclaimed(): Promise<ContainerInfo[]>
  /** What this process knows need not be asked. */
  claim: Claim
}

export function finder(driver: Driver, home: string): Finder {
  /** By container: null for one that waits in our own pool. */
  const known = new Map<string, SandboxIdentity | null>()

  async function identityOf(container: ContainerInfo): Promise<SandboxIdentity | null> {
    if (poolKeyOf(container.labels) === null) return readIdentity(container.labels)
    const remembered = known.get(container.id)
    if (remembered !== undefined) return remembered
    const asked = container.running ? await askIdentity(driver, container.id) : null
    // A memo once written stays; one that is not there may still come.
    if (asked) known.set(container.id, asked)
    return asked
  }

  async function containers(): Promise<ContainerInfo[]> {
    const before = [...known.keys()]
    const found = await driver.list(homeFilter(home))
    const there = new Set(found.map(({ id }) => id))
    for (const id of before) if (!there.has(id)) known.delete(id)
    return found
  }

  return {
    async sandboxes({ owner, lab } = {}) {
      const mayBePooled = !owner?.startsWith('cli:')
      const all = await containers()
      const candidates = all.filter(({ labels }) => mayBePooled || poolKeyOf(labels) === null)
      const found = await Promise.all(
        candidates.map(async (container) => ({ container, identity: await identityOf(container) })),
      )
      return found.flatMap(({ container, identity }) =>
        identity && (owner ?? identity.owner) === identity.owner && (lab ?? identity.lab) === identity.lab
          ? [{ container, identity }]
          : [],
      )
    },
    async unclaimed() {
      const all = await containers()
      return all.filter(({ id, labels }) => poolKeyOf(labels) !== null && !known.has(id))
    },
    claim: (container, identity) => void known.set(container, identity),
  }
}

/** Null when it is nobody's, and when it does not say: then it is asked again the next time. */
const askIdentity = (driver: Driver, container: string): Promise<SandboxIdentity | null> =>
  reachPatiently(async (givenUp) => {
    const link = await reach(driver, container, givenUp)
    try {
      return parseIdentity((await link.memoGet(identityMemo)) ?? '')
    } finally {
      link.close()
    }
  }).catch(() => null)
