/**
 * A class that starts in the same moment: forty machines asked for at once, cold and from a pool with a seat reserved for each. Knows no lab.
 */
import { join } from 'node:path'
import { readEnvironment } from '../environment.ts'
import { inLabRoom, openCatalog } from '../lab-room.ts'
import { say } from '../output.ts'
import { type BenchOptions, type Figure, figure, median, type Report, report } from './figures.ts'
import { benchLab } from './labs.ts'
import { type Storm, storm, untilFull } from './pooled.ts'
import { type BenchService, withService } from './service.ts'

const goalSeconds = { cold: 60, pool: 10 }

export async function benchStorm({ lab, count = 40 }: BenchOptions): Promise<Report> {
  const folder = benchLab(await openCatalog(), lab)
  const { id } = folder.lab.meta
  const home = join(readEnvironment().RINGSIDE_HOME, 'bench')
  return inLabRoom(async ({ sandboxes }) => {
    for (let seed = 1; seed <= count; seed++)
      await sandboxes.prepare(folder.lab.machine(folder.lab.variant(seed)))
    return withService({ home, accel: sandboxes.accel }, async (service) => {
      // What an interrupted run has left.
      for (const { id } of await service.client.reservations()) await service.client.cancelReservation(id)
      say(`  ${count} cold starts at once`)
      const cold = await storm(service, id, count)
      tell(cold)
      const pooled = await withSeats(service, id, count, () => storm(service, id, count))
      tell(pooled)
      const figures = [...figuresOf('cold', cold), ...figuresOf('pool', pooled)]
      return report('storm', figures, sandboxes.accel)
    })
  })
}

async function withSeats<T>(
  service: BenchService,
  lab: string,
  seats: number,
  work: () => Promise<T>,
): Promise<T> {
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const { id } = await service.client.reserve({ lab, seats, until })
  try {
    say('  filling the pool')
    const began = performance.now()
    await untilFull(service)
    say(`  full after ${Math.round((performance.now() - began) / 1000)} s; as many starts at once`)
    return await work()
  } finally {
    await service.client.cancelReservation(id)
  }
}

function figuresOf(how: 'cold' | 'pool', { ready, failed }: Storm): Figure[] {
  const seconds = (ms: number): number => ms / 1000
  return [
    figure({
      id: `storm.${how}.last`,
      value: seconds(Math.max(...ready)),
      unit: 's',
      goal: goalSeconds[how],
    }),
    figure({ id: `storm.${how}.p50`, value: seconds(median(ready)), unit: 's' }),
    figure({ id: `storm.${how}.failed`, value: failed.length, unit: 'starts', goal: 0 }),
  ]
}

function tell({ ready, failed }: Storm): void {
  say(`  the last was ready after ${(Math.max(...ready) / 1000).toFixed(1)} s, ${failed.length} failed`)
  for (const { problem } of failed) say(`    ${problem?.message}`)
}
