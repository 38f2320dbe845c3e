/**
 * Memory and processor per live sandbox with its background traffic: the whole machine before and with so many sandboxes, so that QEMU, what
 * runs beside it, Docker's shim and our own growth are all counted. Knows no lab.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { CommandError, say } from '../output.ts'
import { runBare } from './bare.ts'
import { type BenchOptions, figure, type Report, report } from './figures.ts'
import { benchLab } from './labs.ts'
import { measureUsage, type Usage } from './usage.ts'

const settleMs = 10_000
const watchSeconds = 20

export async function benchDensity({ lab, count = 12 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  return inLabRoom(async (room) => {
    const { sandboxes } = room
    // One first: code is loaded, caches are warm, and none of that is a sandbox's cost.
    await room.withMachine({ lab: folder, seed: 1 }, async () => pause(2000))
    await pause(settleMs)
    say('  the machine at rest')
    const before = await measureUsage(watchSeconds)
    say(`  ${count} bare containers`)
    const bare = await withBare(room, count, () => measureUsage(5))
    await pause(settleMs)

    const holding = async (started: number): Promise<Usage> => {
      if (started === count) {
        say(`  ${count} sandboxes live, settling`)
        await pause(settleMs)
        return measureUsage(watchSeconds)
      }
      return room.withMachine({ lab: folder, seed: started + 1 }, async (machine) => {
        // With them its traffic begins.
        await machine.baseline()
        return holding(started + 1)
      })
    }
    const live = await holding(0)
    await pause(settleMs)
    say('  the machine at rest again')
    const after = await measureUsage(watchSeconds)
    const atRest = restOf(before, after, live)
    return report(
      'density',
      [
        figure({
          id: 'density.memory',
          value: (live.memoryMb - atRest.memoryMb) / count,
          unit: 'MB',
          reference: Math.max(0, bare.memoryMb - before.memoryMb) / count,
          goal: 70,
        }),
        figure({ id: 'density.cpu', value: live.cpuPercent - atRest.cpuPercent, unit: '%' }),
      ],
      sandboxes.accel,
    )
  })
}

/**
 * The mean of before and after. The whole machine is measured, so another program's coming or going would be taken for a sandbox's.
 * @throws CommandError when it rested so differently that the figures would be nobody's
 */
export function restOf(before: Usage, after: Usage, live: Usage): Usage {
  const mean = {
    memoryMb: (before.memoryMb + after.memoryMb) / 2,
    cpuPercent: (before.cpuPercent + after.cpuPercent) / 2,
  }
  const growth = live.memoryMb - mean.memoryMb
  if (growth > 0 && Math.abs(after.memoryMb - before.memoryMb) < growth / 4) return mean
  throw new CommandError(
    `Something else on this machine used and freed memory meanwhile (at rest ${Math.round(before.memoryMb)} MB before, ${Math.round(after.memoryMb)} MB after).`,
    'End other programs and run the command again.',
  )
}

export async function withBare<T>(
  { sandboxes }: Parameters<Parameters<typeof inLabRoom>[0]>[0],
  count: number,
  work: () => Promise<T>,
): Promise<T> {
  const containers = []
  try {
    for (let index = 0; index < count; index++) containers.push(await runBare(sandboxes, ['sleep', '300']))
    return await work()
  } finally {
    await Promise.all(containers.map(({ id }) => sandboxes.driver.remove(id)))
  }
}
