/**
 * One machine of the pool: restored, its shell at the prompt, warmed, paused; later handed out. Proven at each step, never hoped for. Knows the
 * link; knows no lab and not how many there should be.
 */
import { randomBytes } from 'node:crypto'
import { InfrastructureError, type LoadPlan, type PlannedRequest } from '../grader/guest.ts'
import type { ContainerInfo, Driver } from './driver.ts'
import { poolKeyOf, poolLabels, type SandboxIdentity } from './labels.ts'
import type { Hello, Link } from './link.ts'
import { containerName, type Raised } from './machine.ts'
import { reachPatiently } from './patience.ts'
import { awaken, firstPrompt, type RaiseOptions, reach, runContainer, untilReady } from './raise.ts'

export interface PooledMachine {
  container: ContainerInfo
  /** What it was restored from. */
  key: string
  /** Gives it to somebody: from then on it is theirs, also for a service that finds it again. @throws when it is dead or does not wake */
  handOut(identity: SandboxIdentity): Promise<Raised>
  onDead(listener: (reason: string) => void): void
  /** Lets go without ending it: the service is going away and will be back. */
  release(): void
  remove(): Promise<void>
}

/** Usually some ten milliseconds. */
const wakeTimeoutMs = 20_000

export const identityMemo = 'identity'
/** Written last, so that what was killed while it was made is not taken for a machine that is ready. */
const readyMemo = 'pool'

/** Keeps the book of who a container of the pool belongs to: null while it waits. */
export type Claim = (container: string, identity: SandboxIdentity | null) => void

/** @throws InfrastructureError when it does not come up; nothing is left behind then */
export async function makePooled(
  options: Omit<RaiseOptions, 'name' | 'labels'> & { home: string },
  claim: Claim,
): Promise<PooledMachine> {
  const { driver, template, home } = options
  const name = `ringside-pool-${randomBytes(6).toString('hex')}`
  const key = template.volume
  const container = await runContainer({ ...options, name, labels: poolLabels(home, key) })
  claim(container.id, null)
  try {
    const link = await awaken(driver, container.id)
    const terminal = await firstPrompt(link)
    await warm(link)
    await link.pause()
    requireWaiting(await link.hello(), terminal)
    await link.memoSet(readyMemo, String(terminal))
    return pooled(driver, container, key, link, terminal, claim)
  } catch (error) {
    await driver.remove(container.id)
    throw error
  }
}

/** It was handed out: whoever looks for a free machine must leave it alone. */
export class ClaimedError extends InfrastructureError {
  override name = 'ClaimedError'
}

/** A machine of the pool that an earlier service made. @throws InfrastructureError unless it is one, whole, and nobody's yet */
export const adoptPooled = (driver: Driver, container: ContainerInfo, claim: Claim): Promise<PooledMachine> =>
  reachPatiently((givenUp) => adopt(driver, container, claim, givenUp))

async function adopt(
  driver: Driver,
  container: ContainerInfo,
  claim: Claim,
  givenUp: AbortSignal,
): Promise<PooledMachine> {
  const link = await reach(driver, container.id, givenUp)
  try {
    if ((await link.memoGet(identityMemo)) !== null) throw new ClaimedError('It is somebody’s.')
    const terminal = Number(await link.memoGet(readyMemo))
    requireWaiting(await link.hello(), terminal)
    claim(container.id, null)
    return pooled(driver, container, poolKeyOf(container.labels) ?? '', link, terminal, claim)
  } catch (error) {
    link.close()
    throw error
  }
}

function pooled(
  driver: Driver,
  container: ContainerInfo,
  key: string,
  link: Link,
  firstTerminal: number,
  claim: Claim,
): PooledMachine {
  async function remove(): Promise<void> {
    link.close()
    await driver.remove(container.id)
  }
  return {
    container,
    key,
    async handOut(identity) {
      const name = containerName(identity)
      try {
        // First of all whose it is: a service killed after this finds an unfinished machine of somebody's, never one that is free.
        claim(container.id, identity)
        await link.memoSet(identityMemo, JSON.stringify(identity))
        // For people who look at `docker ps`; nothing depends on it, and nobody waits for it.
        driver.rename(container.id, name).catch(() => {})
        await unlessDead(link, wakeTimeoutMs, async () => {
          await link.resume()
          await untilReady(link)
        })
        return { container: { ...container, name }, link, firstTerminal }
      } catch (error) {
        await remove()
        throw error
      }
    },
    onDead: (listener) => void link.onDead(listener),
    release: () => link.close(),
    remove,
  }
}

/** A VM that dies while it is asked to go on leaves the question unanswered; what is told then is the death. */
function unlessDead(link: Link, withinMs: number, work: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new InfrastructureError(`It does not wake: ${reason}`))
    const forget = link.onDead(fail)
    const timer = setTimeout(() => fail(`no answer within ${withinMs / 1000} s`), withinMs)
    work()
      .then(resolve, reject)
      .finally(() => {
        forget()
        clearTimeout(timer)
      })
  })
}

function requireWaiting({ state, agent, terminals, reason }: Hello, terminal: number): void {
  const hasPrompt = terminals.some(({ id, end, alive }) => id === terminal && end > 0 && alive)
  if (state === 'paused' && agent === 'up' && hasPrompt) return
  throw new InfrastructureError(
    `A machine of the pool is not ready: ${state}, agent ${agent}, ${hasPrompt ? 'a' : 'no'} prompt. ${reason}`,
  )
}

const warmTimeoutMs = 60_000

/**
 * An emulator translates code when it first runs. What every break and every proof needs runs here once: a request through the network to
 * Puma, a script, and, twice, the start of the bash that waits for the next script (docs/performance.md, "Pool").
 */
async function warm(link: Link): Promise<void> {
  const { results } = await link.load(warmPlan)
  const failed = results.find(({ outcome }) => outcome !== 'ok')
  if (failed)
    throw new InfrastructureError(`A machine of the pool does not answer its clients: ${failed.outcome}.`)
  for (let round = 1; round <= 2; round++) {
    const { exitCode, stderr } = await link.exec(warmScript, { timeoutMs: warmTimeoutMs })
    if (exitCode !== 0)
      throw new InfrastructureError(
        `A machine of the pool was not warmed: ${stderr.trim().slice(-400) || `exit ${exitCode}`}`,
      )
  }
}

/** From an address that no lab's client has: the guest remembers what it measured of an address. */
const warmRequest = (atMs: number): PlannedRequest => ({
  atMs,
  src: '198.18.31.255',
  method: 'GET',
  path: '/items/1',
  connectTimeoutMs: 20_000,
  totalTimeoutMs: 20_000,
})
/** The first alone, then as many as Puma has threads. */
const warmPlan: LoadPlan = {
  dst: '198.18.0.2',
  port: 80,
  requests: [0, ...Array.from({ length: 8 }, () => 300)].map(warmRequest),
}

/**
 * What breaks are made of, changing nothing; then it waits until the agent's next bash stands ready, which is when it reads from descriptor 4
 * (image/agent/child.c): one that still starts would compete with the break.
 */
const warmScript = `
mapfile -t lines </etc/puma/puma.rb
printf '%s\\n' "\${lines[@]}" >/run/ringside-warm.tmp
rm /run/ringside-warm.tmp
relisten 80 1024 1024
ethtool --disable-netlink -g eth0 >/dev/null
nft list ruleset >/dev/null
for ((turn = 0; turn < 200; turn++)); do
  read -r children </proc/$PPID/task/$PPID/children
  for child in $children; do
    [ "$child" = $$ ] && continue
    if read -r call </proc/$child/syscall && [[ $call == '0 0x4 '* ]]; then sleep 0.3; exit 0; fi
  done 2>/dev/null
  sleep 0.1
done
echo 'no bash stands ready' >&2
exit 1
`
