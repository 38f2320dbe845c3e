/**
 * Keystroke to screen through the real gateway with ten machines live, beside the same shell's echo over the service's own link to the
 * machine; and how long 200,000 lines take to arrive. Knows no protocol.
 */
import { join } from 'node:path'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { type BenchOptions, figure, median, percentile, type Report, report } from './figures.ts'
import { openThroughGateway } from './gateway.ts'
import { benchLab } from './labs.ts'
import { openOverLink } from './link.ts'
import { withService } from './service.ts'
import { echoTimes, floodTime } from './typist.ts'

/** So many that p99 is a figure and not the one slowest key of each terminal. */
const keysPerTerminal = 120
const lines = 200_000

export async function benchEcho({ lab, count = 10 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  return inLabRoom(({ sandboxes }) =>
    withService({ home, accel: sandboxes.accel }, async (service) => {
      const ids = await service.start(folder.lab.meta.id, count)
      const times: number[] = []
      const reference: number[] = []
      const floods: number[] = []
      // Machine by machine, with and without the gateway in turn: noise of the host falls on both.
      for (const [index, id] of ids.entries()) {
        const terminal = await openThroughGateway(service, id)
        times.push(...(await echoTimes(terminal, keysPerTerminal)))
        const direct = await openOverLink(sandboxes.driver, home, id)
        reference.push(...(await echoTimes(direct, keysPerTerminal)))
        direct.leave()
        if (index < 3) floods.push(await floodTime(terminal, `seq 1 ${lines}`, String(lines)))
        terminal.leave()
        say(
          `  terminal ${index + 1} of ${ids.length}: p50 ${median(times.slice(-keysPerTerminal)).toFixed(1)} ms`,
        )
      }
      const [p50, p50Reference] = [median(times), median(reference)]
      return report(
        'echo',
        [
          figure({ id: 'echo.p50', value: p50, unit: 'ms', reference: p50Reference, goal: 15 }),
          figure({
            id: 'echo.p99',
            value: percentile(times, 0.99),
            unit: 'ms',
            reference: percentile(reference, 0.99),
            goal: 60,
          }),
          figure({ id: 'echo.ratio', value: p50 / p50Reference, unit: '×' }),
          figure({ id: 'echo.flood', value: Math.max(...floods), unit: 'ms', goal: 5000 }),
        ],
        sandboxes.accel,
      )
    }),
  )
}
