/**
 * How much of the host a sandbox was left while something went on in it: all of the host's processors, less what others used. From outside the sandbox, so
 * that a learner cannot write it. Knows no lab and no judgement; where the engine runs on another host than this process, it must not be asked.
 */
import { type CpuInfo, cpus } from 'node:os'
import type { HostTime } from '../grader/guest.ts'
import type { Driver } from './driver.ts'

/** Begins to watch; what it gives back ends it and tells, or null where the host or the engine does not count. Never throws. */
export async function watchHost(
  driver: Pick<Driver, 'cpuSeconds'>,
  container: string,
  host: () => CpuInfo[] = cpus,
): Promise<() => Promise<HostTime | null>> {
  const own = async () => {
    try {
      return await driver.cpuSeconds(container)
    } catch {
      return null
    }
  }
  const before = { own: await own(), host: totalsOf(host()) }
  return async () => {
    const after = { own: await own(), host: totalsOf(host()) }
    const elapsed = after.host.all - before.host.all
    if (before.own === null || after.own === null || elapsed <= 0) return null
    const others = Math.max(0, after.host.busy - before.host.busy - (after.own - before.own))
    const { processors } = after.host
    return { left: round(processors * (1 - Math.min(1, others / elapsed))) }
  }
}

/** Seconds since boot, of all processors together. */
function totalsOf(all: CpuInfo[]): { all: number; busy: number; processors: number } {
  const of = (pick: (times: CpuInfo['times']) => number) =>
    all.reduce((sum, { times }) => sum + pick(times), 0) / 1_000
  const busy = of(({ user, nice, sys, irq }) => user + nice + sys + irq)
  return { all: busy + of(({ idle }) => idle), busy, processors: all.length }
}

const round = (value: number): number => Math.round(value * 100) / 100
