/**
 * Every lab's start and check, one after the other: the start, cold and from the pool, against the docker command in the same rounds, the check on the
 * broken machine and on the mended one. Knows no single lab but those whose checks were promised more time.
 */
import { join } from 'node:path'
import type { LabFolder } from '../../labs/folder.ts'
import { scriptsAt } from '../../labs/scripts.ts'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, type LabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { timeDockerRun } from './bare.ts'
import {
  type BenchOptions,
  type Figure,
  figure,
  median,
  percentile,
  type Report,
  report,
  timed,
} from './figures.ts'
import { benchLab } from './labs.ts'
import { startsFromPool } from './pooled.ts'
import { withService } from './service.ts'

/** Floods and standing queues need longer to show themselves. */
const patient = ['bufferbloat', 'syn-flood']

export async function benchLabs({ lab, count = 3 }: BenchOptions): Promise<Report> {
  const catalog = await openCatalog()
  const folders = lab ? [benchLab(catalog, lab)] : catalog.list()
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  return inLabRoom(async (room) => {
    const { accel } = room.sandboxes
    const cold: Cold[] = []
    for (const folder of folders) cold.push(await measureCold(room, folder, count))
    const pooled: number[][] = []
    await withService({ home, accel, pool: 1 }, async (service) => {
      for (const folder of folders) pooled.push(await startsFromPool(service, folder, count))
    })
    const figures = folders.flatMap((folder, i) =>
      figuresOf(folder.lab.meta.id, cold[i] as Cold, pooled[i] as number[]),
    )
    return report('labs', figures, accel)
  })
}

interface Cold {
  starts: number[]
  bare: number[]
  checks: number[]
}

async function measureCold(
  { sandboxes, withMachine }: LabRoom,
  folder: LabFolder,
  count: number,
): Promise<Cold> {
  const cold: Cold = { starts: [], bare: [], checks: [] }
  for (let seed = 1; seed <= count; seed++) {
    // A template that is missing is not part of a start.
    await sandboxes.prepare(folder.lab.machine(folder.lab.variant(seed)))
    const began = performance.now()
    await withMachine({ lab: folder, seed }, async (machine) => {
      cold.starts.push(performance.now() - began)
      await machine.baseline()
      cold.checks.push(await timed(() => machine.check('auto')))
      await machine.runScript(scriptsAt(folder, seed).solves[0]?.script ?? '')
      cold.checks.push(await timed(() => machine.check('auto')))
    })
    cold.bare.push(await timeDockerRun(sandboxes))
  }
  const [starts, checks] = [cold.starts, cold.checks].map((times) => times.map(Math.round).join(', '))
  say(`  ${folder.lab.meta.id}: starts ${starts} ms, checks ${checks} ms`)
  return cold
}

/** What a learner waits for comes from the pool; a cold start is what is left when it is empty. */
function figuresOf(id: string, { starts, bare, checks }: Cold, pooled: number[]): Figure[] {
  const reference = median(bare)
  const start = (name: string, times: number[]) =>
    figure({
      ...{ id: `${id}.${name}.p50`, value: median(times), unit: 'ms' },
      ...{ reference, goal: Math.round(3 * reference) },
    })
  return [
    start('start', pooled),
    start('start.cold', starts),
    figure({
      ...{ id: `${id}.check.p95`, value: percentile(checks, 0.95), unit: 'ms' },
      goal: patient.includes(id) ? 15_000 : 10_000,
    }),
  ]
}
