/**
 * Memory and processor per live sandbox with its background traffic: the whole machine before and with so many sandboxes, so that QEMU, what
 * runs beside it, Docker's shim and our own growth are all counted. Knows no lab.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { runBare } from './bare.ts'
import { type BenchOptions, figure, type Report, report } from './figures.ts'
import { benchLab } from './labs.ts'
import { measureUsage } from './usage.ts'

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
    const atRest = await measureUsage(watchSeconds)
    say(`  ${count} bare containers`)
    const bare = await withBare(room, count, () => measureUsage(5))
    await pause(settleMs)

    const holding = async (started: number): Promise<{ memoryMb: number; cpuPercent: number }> => {
      if (started === count) {
        say(`  ${count} sandboxes live, settling`)
        await pause(settleMs)
        return measureUsage(watchSeconds)
      }
      return room.withMachine({ lab: folder, seed: started + 1 }, () => holding(started + 1))
    }
    const live = await holding(0)
    return report(
      'density',
      [
        figure({
          id: 'density.memory',
          value: (live.memoryMb - atRest.memoryMb) / count,
          unit: 'MB',
          reference: Math.max(0, bare.memoryMb - atRest.memoryMb) / count,
          goal: 70,
        }),
        figure({ id: 'density.cpu', value: live.cpuPercent - atRest.cpuPercent, unit: '%' }),
      ],
      sandboxes.accel,
    )
  })
}

async function withBare<T>(
  { sandboxes }: Parameters<Parameters<typeof inLabRoom>[0]>[0],
  count: number,
  work: () => Promise<T>,
): Promise<T> {
  const containers = []
  try {
    for (let index = 0; index < count; index++)
      containers.push(await runBare(sandboxes, ['/bin/sleep', '300']))
    return await work()
  } finally {
    await Promise.all(containers.map(({ id }) => sandboxes.driver.remove(id)))
  }
}
