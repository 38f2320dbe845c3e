/**
 * Keystroke to screen through the real gateway with ten machines and thirty terminals live, beside the same keys at the agent's port inside the
 * container, the same shell's echo over the service's own link, and a peer; and how long 200,000 lines take to arrive. Knows no protocol.
 */
import { join } from 'node:path'
import type { Driver } from '../../sandbox/driver.ts'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { type BenchOptions, type Figure, figure, median, percentile, type Report, report } from './figures.ts'
import { type GatewayTerminal, openThroughGateway } from './gateway.ts'
import { benchLab } from './labs.ts'
import { containerOf, openOverLink, watchPort } from './link.ts'
import { openDockerExec } from './peer.ts'
import { type BenchService, withService } from './service.ts'
import { echoTimes, floodTime } from './typist.ts'

/** So many that p99 is a figure and not the one slowest key of each terminal; the port remembers 256, with the backspaces. */
const keysPerTerminal = 120
const terminalsPerMachine = 3
const lines = 200_000

interface Times {
  gateway: number[]
  /** The same keys, at the agent's port. */
  port: number[]
  link: number[]
  docker: number[]
  floods: number[]
}

export async function benchEcho({ lab, count = 10 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  return inLabRoom(({ sandboxes }) =>
    withService({ home, accel: sandboxes.accel }, async (service) => {
      const ids = await service.start(folder.lab.meta.id, count)
      const all = await openAll(service, ids)
      say(`  ${all.length * terminalsPerMachine} terminals are live`)
      const times: Times = { gateway: [], port: [], link: [], docker: [], floods: [] }
      // Machine by machine, each way in turn: noise of the host falls on all of them.
      for (const [index, id] of ids.entries()) {
        const [terminal] = all[index] ?? []
        if (!terminal) continue
        await measure(sandboxes.driver, home, id, terminal, times)
        if (index < 3) times.floods.push(await floodTime(terminal, `seq 1 ${lines}`, String(lines)))
        say(
          `  machine ${index + 1} of ${ids.length}: p50 ${median(times.gateway.slice(-keysPerTerminal)).toFixed(1)} ms`,
        )
      }
      for (const terminal of all.flat()) terminal.leave()
      return report('echo', figuresOf(times), sandboxes.accel)
    }),
  )
}

const openAll = (service: BenchService, ids: string[]): Promise<GatewayTerminal[][]> =>
  Promise.all(
    ids.map(async (id) => {
      const terminals: GatewayTerminal[] = []
      for (let n = 0; n < terminalsPerMachine; n++) terminals.push(await openThroughGateway(service, id))
      return terminals
    }),
  )

async function measure(
  driver: Driver,
  home: string,
  id: string,
  terminal: GatewayTerminal,
  times: Times,
): Promise<void> {
  const port = await watchPort(driver, home, id, terminal.terminal)
  const through = await echoTimes(terminal, keysPerTerminal)
  const inside = await port.times(keysPerTerminal)
  port.leave()
  times.gateway.push(...through)
  times.port.push(...inside)
  const direct = await openOverLink(driver, home, id)
  times.link.push(...(await echoTimes(direct, keysPerTerminal)))
  direct.leave()
  const peer = await openDockerExec(await containerOf(driver, home, id))
  if (peer) times.docker.push(...(await echoTimes(peer, keysPerTerminal)))
  peer?.leave()
}

function figuresOf({ gateway, port, link, docker, floods }: Times): Figure[] {
  if (port.length === 0) throw new Error('No echo was seen at the agent’s port.')
  const p = (values: number[], share: number) => percentile(values, share)
  const [p50, p99] = [p(gateway, 0.5), p(gateway, 0.99)]
  return [
    figure({ id: 'echo.p50', value: p50, unit: 'ms', reference: p(link, 0.5), goal: 15 }),
    figure({ id: 'echo.p99', value: p99, unit: 'ms', reference: p(link, 0.99), goal: 60 }),
    figure({ id: 'echo.ratio', value: p50 / p(link, 0.5), unit: '×' }),
    figure({ id: 'echo.port.p50', value: p50, unit: 'ms', reference: p(port, 0.5) }),
    figure({ id: 'echo.port.p99', value: p99, unit: 'ms', reference: p(port, 0.99) }),
    figure({ id: 'echo.port.p50.ratio', value: p50 / p(port, 0.5), unit: '×', goal: 2 }),
    figure({ id: 'echo.port.p99.ratio', value: p99 / p(port, 0.99), unit: '×', goal: 3 }),
    ...(docker.length > 0
      ? [
          figure({ id: 'echo.docker.p50', value: p(docker, 0.5), unit: 'ms' }),
          figure({ id: 'echo.docker.p99', value: p(docker, 0.99), unit: 'ms' }),
        ]
      : []),
    figure({ id: 'echo.flood', value: Math.max(...floods), unit: 'ms', goal: 5000 }),
  ]
}
