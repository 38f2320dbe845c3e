/**
 * From pressing Check to the verdict, on broken and on mended machines; beside it the same load played once, which no grader can undercut.
 * Knows no lab.
 */
import { scriptsAt } from '../../labs/scripts.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { type BenchOptions, figure, median, percentile, type Report, report, timed } from './figures.ts'
import { benchLab } from './labs.ts'

const checksPerMachine = 3

export async function benchCheck({ lab, count = 5 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  return inLabRoom(async ({ sandboxes, withMachine }) => {
    const checks: number[] = []
    const loads: number[] = []
    for (let seed = 1; seed <= count; seed++) {
      await withMachine({ lab: folder, seed }, async (machine) => {
        loads.push(await timed(() => machine.baseline()))
        for (let round = 0; round < checksPerMachine; round++) {
          if (round === 1) await machine.runScript(scriptsAt(folder, seed).solves[0]?.script ?? '')
          checks.push(await timed(() => machine.check('auto')))
        }
      })
      say(`  machine ${seed} of ${count}: ${checks.slice(-checksPerMachine).map(Math.round).join(', ')} ms`)
    }
    return report(
      'check',
      [
        figure({ id: 'check.p50', value: median(checks), unit: 'ms', reference: median(loads) }),
        figure({
          id: 'check.p95',
          value: percentile(checks, 0.95),
          unit: 'ms',
          reference: percentile(loads, 0.95),
          goal: 10_000,
        }),
      ],
      sandboxes.accel,
    )
  })
}
