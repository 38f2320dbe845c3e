/**
 * Starts as a browser makes them: asked for over the service's HTTP, ready when the status says so, at the prompt when the gateway's socket has
 * shown it. And the service's pool: waited for until it is as full as it should be. Knows no figure.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { LabFolder } from '../../labs/folder.ts'
import { profileId } from '../../sandbox/profiles.ts'
import type { PoolState } from '../../sandbox/protocol/pool.ts'
import type { SandboxStatus } from '../../sandbox/protocol/status.ts'
import { CommandError, say } from '../output.ts'
import { openThroughGateway } from './gateway.ts'
import type { BenchService } from './service.ts'

const patienceMs = 600_000

/** Milliseconds from the request to the first prompt; the machine is ended afterwards. */
export async function timeToPrompt(service: BenchService, lab: string, seed: number): Promise<number> {
  const began = performance.now()
  const id = await service.ask(lab, seed)
  for (;;) {
    const { state, problem } = await service.client.status(id)
    if (state === 'ready') break
    if (problem) throw new CommandError(problem.message, problem.remedy)
    await pause(5)
  }
  let shown = (): void => {}
  const prompt = new Promise<void>((resolve) => {
    shown = resolve
  })
  const terminal = await openThroughGateway(service, id, { hear: () => shown() })
  await prompt
  const ms = performance.now() - began
  terminal.leave()
  await untilSettled(service, [id])
  await service.end(id)
  return ms
}

/** One lab's starts from the pool, each when it is full again and the machine of the last one is gone. */
export async function startsFromPool(
  service: BenchService,
  folder: LabFolder,
  count: number,
): Promise<number[]> {
  const { id } = folder.lab.meta
  const seeds = Array.from({ length: count }, (_, i) => i + 1)
  // A kind that nobody has asked for yet is not kept.
  const byKind = new Map(seeds.map((seed) => [profileId(folder.lab.machine(folder.lab.variant(seed))), seed]))
  for (const seed of byKind.values()) await timeToPrompt(service, id, seed)
  const times: number[] = []
  for (const seed of seeds) {
    await untilReadyFor(service, folder, seed)
    times.push(await timeToPrompt(service, id, seed))
    say(`  start ${seed} of ${count} of ${id} from the pool: ${Math.round(times.at(-1) ?? 0)} ms`)
  }
  return times
}

export interface Storm {
  /** Milliseconds from the first request of all to each machine's being ready. */
  ready: number[]
  failed: SandboxStatus[]
}

/** Asks for so many at once and waits until each is ready or has failed; then ends them all. */
export async function storm(service: BenchService, lab: string, count: number): Promise<Storm> {
  const began = performance.now()
  const ids = new Set(await Promise.all(Array.from({ length: count }, (_, i) => service.ask(lab, i + 1))))
  const ready = new Map<string, number>()
  const failed = new Map<string, SandboxStatus>()
  while (ready.size + failed.size < count) {
    const now = performance.now() - began
    for (const status of await service.client.list(service.owner)) {
      const { id, state } = status
      if (!ids.has(id) || ready.has(id) || failed.has(id)) continue
      if (state === 'ready') ready.set(id, now)
      else if (state !== 'starting') failed.set(id, status)
    }
    if (now > patienceMs) throw notInTime('The machines are not ready.')
    await pause(25)
  }
  await Promise.all([...ids].map((id) => service.end(id)))
  return { ready: [...ready.values()], failed: [...failed.values()] }
}

/** Waits until a machine of this variant's kind stands ready. */
async function untilReadyFor(service: BenchService, { lab }: LabFolder, seed: number): Promise<void> {
  const kind = profileId(lab.machine(lab.variant(seed)))
  await untilPool(service, ({ id, ready }) => id !== kind || ready > 0)
}

/** Waits until every kind has as many ready as it should. */
export const untilFull = (service: BenchService): Promise<void> =>
  untilPool(service, ({ ready, target }) => ready >= target)

async function untilPool(
  { client }: BenchService,
  holds: (profile: PoolState['profiles'][number]) => boolean,
): Promise<void> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await pause(100)) {
    const { profiles } = await client.pool()
    if (profiles.every((profile) => holds(profile) && profile.warming === 0)) return
  }
  throw notInTime('The pool does not fill.')
}

/** The before-figures are taken: nothing goes on behind what is measured next. */
async function untilSettled({ client }: BenchService, ids: string[]): Promise<void> {
  for (const id of ids) while ((await client.status(id)).baseline === 'measuring') await pause(50)
}

const notInTime = (what: string) =>
  new CommandError(
    what,
    'The service’s log lies in .ringside/bench/service.log; `ringside doctor` may say more.',
  )
