/**
 * From the request to a prompt in a machine verified broken, one after the other: cold, each followed by bare containers of the same image, from
 * the engine's API and from the docker command without and with a network; then from the pool, through the service as a browser does. Knows no
 * goal's meaning.
 */
import { join } from 'node:path'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { timeBareRun, timeDockerRun } from './bare.ts'
import { type BenchOptions, figure, median, percentile, type Report, report } from './figures.ts'
import { benchLab } from './labs.ts'
import { startsFromPool } from './pooled.ts'
import { withService } from './service.ts'

export async function benchStart({ lab, count = 20 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  return inLabRoom(async ({ sandboxes, withMachine }) => {
    await sandboxes.prepare(folder.lab.machine(folder.lab.variant(1)))
    const starts: number[] = []
    const bare: number[] = []
    const api: number[] = []
    const offline: number[] = []
    for (let seed = 1; seed <= count; seed++) {
      const began = performance.now()
      await withMachine({ lab: folder, seed }, async () => starts.push(performance.now() - began))
      api.push(await timeBareRun(sandboxes))
      offline.push(await timeDockerRun(sandboxes, true))
      // Last, since it waits until its container is gone: the next start finds an engine at rest.
      bare.push(await timeDockerRun(sandboxes))
      say(
        `  start ${seed} of ${count}: ${Math.round(starts.at(-1) ?? 0)} ms, bare ${Math.round(bare.at(-1) ?? 0)} ms`,
      )
    }
    const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
    const pooled = await withService({ home, accel: sandboxes.accel, pool: 1 }, (service) =>
      startsFromPool(service, folder, count),
    )
    const reference = median(bare)
    const p50 = median(starts)
    return report(
      'start',
      [
        figure({ id: 'start.cold.p50', value: p50, unit: 'ms', reference }),
        figure({ id: 'start.cold.ratio', value: p50 / reference, unit: '×', goal: 3 }),
        figure({
          id: 'start.cold.p95',
          value: percentile(starts, 0.95),
          unit: 'ms',
          reference: percentile(bare, 0.95),
        }),
        figure({
          id: 'start.cold.max',
          value: Math.max(...starts),
          unit: 'ms',
          reference: Math.max(...bare),
          goal: 3000,
        }),
        figure({ id: 'start.pool.p50', value: median(pooled), unit: 'ms', reference, goal: 400 }),
        figure({
          id: 'start.pool.p95',
          value: percentile(pooled, 0.95),
          unit: 'ms',
          reference: percentile(bare, 0.95),
          goal: 1000,
        }),
        figure({ id: 'start.bare.offline', value: median(offline), unit: 'ms' }),
        figure({ id: 'start.bare.api', value: median(api), unit: 'ms' }),
      ],
      sandboxes.accel,
    )
  })
}
