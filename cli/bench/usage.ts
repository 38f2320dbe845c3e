/**
 * How much memory and processor time the whole machine uses: everything is counted, whoever it belongs to. Knows no sandbox.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

export interface Usage {
  /** MB that no program could have, on average over the interval. */
  memoryMb: number
  /** Percent of one core, all cores together. */
  cpuPercent: number
}

export async function measureUsage(seconds: number): Promise<Usage> {
  const before = cpuTimes(readFileSync('/proc/stat', 'utf8'))
  const began = performance.now()
  const memory: number[] = []
  while (performance.now() - began < seconds * 1000) {
    memory.push(usedMemoryMb(readFileSync('/proc/meminfo', 'utf8')))
    await pause(500)
  }
  const after = cpuTimes(readFileSync('/proc/stat', 'utf8'))
  const elapsed = (performance.now() - began) / 1000
  return {
    memoryMb: memory.reduce((sum, one) => sum + one, 0) / memory.length,
    cpuPercent: ((after.busy - before.busy) / ticksPerSecond / elapsed) * 100,
  }
}

/** USER_HZ is 100 on every Linux that Node runs on. */
export const ticksPerSecond = 100

/** First line of /proc/stat: user nice system idle iowait irq softirq steal; what a guest takes is within user. */
export function cpuTimes(stat: string): { busy: number } {
  const fields = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = fields
  return { busy: user + nice + system + irq + softirq }
}

/** Page cache that can be given back is not used memory: MemAvailable knows. */
export function usedMemoryMb(meminfo: string): number {
  const kb = (name: string) =>
    Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(meminfo)?.[1] ?? Number.NaN)
  return (kb('MemTotal') - kb('MemAvailable')) / 1024
}
