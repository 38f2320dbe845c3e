/**
 * Machines that sleep: what each costs, how soon one answers a key, and how it is to work beside them. Through a service of the bench's own,
 * whose machines fall asleep after seconds. Knows no protocol.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { CommandError, say } from '../output.ts'
import { restOf, withBare } from './density.ts'
import { type BenchOptions, figure, median, percentile, type Report, report } from './figures.ts'
import { openThroughGateway } from './gateway.ts'
import { benchLab } from './labs.ts'
import { type BenchService, withService } from './service.ts'
import { echoTimes, firstEcho } from './typist.ts'
import { measureUsage } from './usage.ts'

const sleepsAfterSeconds = 6
const settleMs = 10_000
const watchSeconds = 20
/** So many are woken, one after the other. */
const woken = 30
/** So many are at work while the others sleep. */
const workers = 10
const keysOfEach = 60
/** A person types five keys a second when they are quick. */
const betweenKeysMs = 200

export async function benchSleep({ lab, count = 100 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  const env = { RINGSIDE_SUSPEND_MINUTES: String(sleepsAfterSeconds / 60), RINGSIDE_LINGER_SECONDS: '120' }
  return inLabRoom((room) =>
    withService({ home, accel: room.sandboxes.accel, env }, async (service) => {
      const { id } = folder.lab.meta
      // One first: code is loaded, caches are warm, and none of that is a sandbox's cost.
      await endAll(service, await service.start(id, 1))
      await pause(settleMs)
      say('  the machine at rest')
      const before = await measureUsage(watchSeconds)
      say(`  ${Math.min(count, 12)} bare containers`)
      const few = Math.min(count, 12)
      const bare = await withBare(room, few, () => measureUsage(5))
      const ids = await service.start(id, count)
      await allAsleep(service, ids)
      await pause(settleMs)
      say(`  ${count} machines asleep`)
      const asleep = await measureUsage(watchSeconds)

      const resumes: number[] = []
      const awake: number[] = []
      for (const one of ids.slice(0, woken)) {
        const { first, next } = await wake(service, one)
        resumes.push(first)
        awake.push(next)
      }
      say(`  woken ${resumes.length}: p50 ${median(resumes).toFixed(0)} ms`)
      await allAsleep(service, ids)
      const busy = ids.slice(0, Math.min(workers, Math.ceil(count / 2)))
      say(`  ${busy.length} at work, ${ids.length - busy.length} asleep`)
      const echoes = (await Promise.all(busy.map((one) => work(service, one)))).flat()
      await stillAsleep(service, ids.slice(busy.length))

      await endAll(service, ids)
      await pause(settleMs)
      say('  the machine at rest again')
      const rest = restOf(before, await measureUsage(watchSeconds), asleep)
      return report(
        'sleep',
        [
          figure({
            id: 'sleep.memory',
            value: (asleep.memoryMb - rest.memoryMb) / count,
            unit: 'MB',
            reference: Math.max(0, bare.memoryMb - before.memoryMb) / few,
            goal: 60,
          }),
          figure({ id: 'sleep.cpu', value: asleep.cpuPercent - rest.cpuPercent, unit: '%', goal: 20 }),
          figure({
            id: 'sleep.resume.p50',
            value: median(resumes),
            unit: 'ms',
            reference: median(awake),
            goal: 150,
          }),
          figure({
            id: 'sleep.resume.p95',
            value: percentile(resumes, 0.95),
            unit: 'ms',
            reference: percentile(awake, 0.95),
          }),
          figure({ id: 'sleep.echo.p50', value: median(echoes), unit: 'ms', goal: 20 }),
          figure({ id: 'sleep.echo.p99', value: percentile(echoes, 0.99), unit: 'ms' }),
        ],
        room.sandboxes.accel,
      )
    }),
  )
}

/** From a key typed into a machine that sleeps to its echo, and the same for the next key. */
async function wake(service: BenchService, id: string): Promise<{ first: number; next: number }> {
  const terminal = await openThroughGateway(service, id, { seen: false })
  const status = await service.client.status(id)
  if (status.suspendedAt === null) throw notAsleep
  const first = await firstEcho(terminal)
  const next = await firstEcho(terminal)
  terminal.leave()
  return { first, next }
}

async function work(service: BenchService, id: string): Promise<number[]> {
  const terminal = await openThroughGateway(service, id)
  // The first keys of a fresh shell are translated, and all came at the same moment.
  await echoTimes(terminal, 3)
  const times = await echoTimes(terminal, keysOfEach, betweenKeysMs)
  terminal.leave()
  return times
}

async function allAsleep(service: BenchService, ids: string[]): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(500))
    if ((await sleepers(service, ids)) === ids.length) return
  throw notAsleep
}

/** Else the figures would be those of something else. */
async function stillAsleep(service: BenchService, ids: string[]): Promise<void> {
  if ((await sleepers(service, ids)) < ids.length) throw notAsleep
}

async function sleepers(service: BenchService, ids: string[]): Promise<number> {
  const all = await service.client.list(service.owner)
  return all.filter(({ id, suspendedAt }) => suspendedAt !== null && ids.includes(id)).length
}

async function endAll(service: BenchService, ids: string[]): Promise<void> {
  for (const id of ids) await service.client.end(id)
}

const notAsleep = new CommandError(
  'A machine that nobody looks at does not sleep.',
  'The service’s log lies in .ringside/bench/service.log; run the command again.',
)
