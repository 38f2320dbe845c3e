/**
 * Processor time of chosen processes, from /proc. Knows no sandbox beyond its container's id.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { ticksPerSecond } from './usage.ts'

const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // it has just ended
  }
}

/** What serves one container: all that runs in it, Docker's shim beside it, the engine, and processes named by their ids. */
export function servingOf(container: string, also: number[]): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter(
    (pid) =>
      also.includes(Number(pid)) ||
      read(pid, 'cgroup').includes(container) ||
      read(pid, 'cmdline').includes(container) ||
      /^(dockerd|containerd)$/.test(read(pid, 'comm').trim()),
  )
}

/** Milliseconds that they have used, together. */
export const cpuMs = (pids: string[]): number =>
  pids.reduce((sum, pid) => sum + ticksOf(read(pid, 'stat')) * (1000 / ticksPerSecond), 0)

/** utime and stime: the fields 14 and 15; the second field may hold blanks and brackets. */
export function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}
