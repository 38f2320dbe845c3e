/**
 * What one more watched machine costs: processor time of all that serves it, watched and unwatched in turn, through the real gateway; and how much
 * is sent and kept. Knows no counter.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { countersFile } from '../../sandbox/counters/store.ts'
import type { Driver } from '../../sandbox/driver.ts'
import { identityFilter } from '../../sandbox/labels.ts'
import { connectLink } from '../../sandbox/link.ts'
import { recordingsFolder } from '../../sandbox/service/recordings.ts'
import { signTicket } from '../../sandbox/tickets.ts'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { CommandError, say } from '../output.ts'
import { type BenchOptions, type Figure, figure, median, type Report, report } from './figures.ts'
import { cpuMs, servingOf } from './processes.ts'
import { type BenchService, withService } from './service.ts'

/** Its counters are shown to learners, so that all of the way to the browser is measured. */
const usual = 'first-look'
const settleMs = 10_000
const windowMs = 20_000
/** A watcher's first seconds are its history and an emulator's translation: they are not what a second costs. */
const warmMs = 8_000
/** For the last seconds to be written. */
const afterMs = 2_000

export async function benchCounters({ lab = usual, count = 4 }: BenchOptions): Promise<Report> {
  const folder = (await openCatalog()).get(lab)
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  return inLabRoom(({ sandboxes }) =>
    withService({ home, accel: sandboxes.accel }, async (service) => {
      const [id = ''] = await service.start(folder.lab.meta.id, 1)
      const [container] = await sandboxes.driver.list({ ...identityFilter(home), 'ringside.sandbox': id })
      if (!container) throw new CommandError('The machine is gone.', 'Run the command again.')
      await silence(sandboxes.driver, container.id)
      await pause(settleMs)
      const machine = { service, id, container: container.id, file: countersFile(recordingsFolder(home, id)) }
      return report('counters', figuresOf(await measureRounds(machine, count)), sandboxes.accel)
    }),
  )
}

interface WatchedMachine {
  service: BenchService
  id: string
  container: string
  file: string
}

interface Round {
  unwatched: number
  watched: number
  sent: number
  kept: number
}

async function measureRounds(machine: WatchedMachine, count: number): Promise<Round[]> {
  const rounds: Round[] = []
  for (let round = 0; round < count; round++) {
    rounds.push(await measureRound(machine))
    const { unwatched, watched } = rounds.at(-1) as Round
    say(`  unwatched ${unwatched.toFixed(2)} %, watched ${watched.toFixed(2)} %`)
    await pause(afterMs)
  }
  return rounds
}

async function measureRound({ service, id, container, file }: WatchedMachine): Promise<Round> {
  const serving = () => servingOf(container, service.pid ? [service.pid] : [])
  const unwatched = await percentOf(serving)
  const viewer = await watch(service, id)
  await pause(warmMs)
  const [sent, size] = [viewer.bytes(), await sizeOf(file)]
  const watched = await percentOf(serving)
  const seconds = windowMs / 1000
  const round = { sent: (viewer.bytes() - sent) / seconds, kept: ((await sizeOf(file)) - size) / seconds }
  viewer.leave()
  return { unwatched, watched, ...round }
}

const figuresOf = (rounds: Round[]): Figure[] => [
  figure({
    id: 'counters.cpu',
    value: median(rounds.map(({ watched, unwatched }) => watched - unwatched)),
    unit: '%',
    reference: median(rounds.map(({ unwatched }) => unwatched)),
    goal: 1,
  }),
  figure({ id: 'counters.sent', value: median(rounds.map(({ sent }) => sent)), unit: 'B/s' }),
  figure({ id: 'counters.kept', value: median(rounds.map(({ kept }) => kept)), unit: 'B/s' }),
]

/** Bursts of clients cost ten times what is measured, and do not come in step with the rounds. */
async function silence(driver: Driver, container: string): Promise<void> {
  const link = connectLink(await driver.connect(container, ['/usr/lib/ringside/world', 'connect']))
  await link.stopBackground()
  link.close()
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
