/**
 * What one more watched machine costs: processor time of all that serves it, watched and unwatched in turn, through the real gateway; and how much
 * is sent and kept. Knows no counter.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { countersFile } from '../../sandbox/counters/store.ts'
import { identityFilter } from '../../sandbox/labels.ts'
import { recordingsFolder } from '../../sandbox/service/recordings.ts'
import { signTicket } from '../../sandbox/tickets.ts'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { CommandError, say } from '../output.ts'
import { type BenchOptions, figure, median, type Report, report } from './figures.ts'
import { cpuMs, servingOf } from './processes.ts'
import { type BenchService, withService } from './service.ts'

/** Its counters are shown to learners, so that all of the way to the browser is measured. */
const usual = 'first-look'
const settleMs = 10_000
const windowMs = 20_000
/** A watcher's first seconds are its history and an emulator's translation: they are not what a second costs. */
const warmMs = 8_000

export async function benchCounters({ lab = usual, count = 4 }: BenchOptions): Promise<Report> {
  const folder = (await openCatalog()).get(lab)
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  return inLabRoom(({ sandboxes }) =>
    withService({ home, accel: sandboxes.accel }, async (service) => {
      const [id = ''] = await service.start(folder.lab.meta.id, 1)
      const [container] = await sandboxes.driver.list({ ...identityFilter(home), 'ringside.sandbox': id })
      if (!container) throw new CommandError('The machine is gone.', 'Run the command again.')
      const serving = () => servingOf(container.id, service.pid ? [service.pid] : [])
      await pause(settleMs)
      const unwatched: number[] = []
      const watched: number[] = []
      const bytes: number[] = []
      const file = countersFile(recordingsFolder(home, id))
      let kept = 0
      for (let round = 0; round < count; round++) {
        unwatched.push(await percentOf(serving))
        const viewer = await watch(service, id)
        await pause(warmMs)
        const [sent, size] = [viewer.bytes(), await sizeOf(file)]
        watched.push(await percentOf(serving))
        bytes.push((viewer.bytes() - sent) / (windowMs / 1000))
        kept += (await sizeOf(file)) - size
        viewer.leave()
        say(`  unwatched ${unwatched.at(-1)?.toFixed(2)} %, watched ${watched.at(-1)?.toFixed(2)} %`)
        await pause(2_000)
      }
      const cost = median(watched.map((one, round) => one - (unwatched[round] as number)))
      return report(
        'counters',
        [
          figure({ id: 'counters.cpu', value: cost, unit: '%', reference: median(unwatched), goal: 1 }),
          figure({ id: 'counters.sent', value: median(bytes), unit: 'B/s' }),
          figure({ id: 'counters.kept', value: kept / ((count * windowMs) / 1000), unit: 'B/s' }),
        ],
        sandboxes.accel,
      )
    }),
  )
}

/** Percent of one core. */
async function percentOf(serving: () => string[]): Promise<number> {
  const pids = serving()
  const [before, began] = [cpuMs(pids), performance.now()]
  await pause(windowMs)
  return ((cpuMs(pids) - before) / (performance.now() - began)) * 100
}

async function watch(service: BenchService, sandbox: string): Promise<{ bytes(): number; leave(): void }> {
  const ticket = await signTicket({ aud: 'watch', sub: service.owner, sandbox }, service.secret)
  const address = `${service.url.replace(/^http/, 'ws')}/ws/watch?ticket=${encodeURIComponent(ticket)}`
  const socket = new WebSocket(address, { origin: service.origin })
  let bytes = 0
  socket.on('message', (data: Buffer) => {
    bytes += data.length
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return { bytes: () => bytes, leave: () => socket.close() }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )
