/**
 * Every lab's start and check, cold and one after the other: the start against the docker command in the same round, the check on the broken
 * machine and on the mended one. Knows no single lab but those whose checks were promised more time.
 */
import { scriptsAt } from '../../labs/scripts.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { timeDockerRun } from './bare.ts'
import { type BenchOptions, figure, median, percentile, type Report, report, timed } from './figures.ts'
import { benchLab } from './labs.ts'

/** Floods and standing queues need longer to show themselves. */
const patient = ['bufferbloat', 'syn-flood']

export async function benchLabs({ lab, count = 3 }: BenchOptions): Promise<Report> {
  const catalog = await openCatalog()
  const folders = lab ? [benchLab(catalog, lab)] : catalog.list()
  return inLabRoom(async ({ sandboxes, withMachine }) => {
    const figures = []
    for (const folder of folders) {
      const { id } = folder.lab.meta
      const starts: number[] = []
      const bare: number[] = []
      const checks: number[] = []
      for (let seed = 1; seed <= count; seed++) {
        // A template that is missing is not part of a start.
        await sandboxes.prepare(folder.lab.machine(folder.lab.variant(seed)))
        const began = performance.now()
        await withMachine({ lab: folder, seed }, async (machine) => {
          starts.push(performance.now() - began)
          await machine.baseline()
          checks.push(await timed(() => machine.check('auto')))
          await machine.runScript(scriptsAt(folder, seed).solves[0]?.script ?? '')
          checks.push(await timed(() => machine.check('auto')))
        })
        bare.push(await timeDockerRun(sandboxes))
      }
      say(
        `  ${id}: starts ${starts.map(Math.round).join(', ')} ms, checks ${checks.map(Math.round).join(', ')} ms`,
      )
      const reference = median(bare)
      figures.push(
        figure({
          id: `${id}.start.p50`,
          value: median(starts),
          unit: 'ms',
          reference,
          goal: Math.round(3 * reference),
        }),
        figure({
          id: `${id}.check.p95`,
          value: percentile(checks, 0.95),
          unit: 'ms',
          goal: patient.includes(id) ? 15_000 : 10_000,
        }),
      )
    }
    return report('labs', figures, sandboxes.accel)
  })
}
