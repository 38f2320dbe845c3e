/** What a host holds that could have leaked, counted before and after. Knows no sandbox but by its installation's label. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Driver } from '../../../sandbox/driver.ts'
import { homeFilter } from '../../../sandbox/labels.ts'

export interface Held {
  containers: number
  volumes: number
  /** Interfaces of the host; those of a sandbox live in its own network namespace. */
  interfaces: number
}

/** Anonymous volumes count as well as ours: hence all of them. */
export async function heldBy(driver: Driver, home: string): Promise<Held> {
  return {
    containers: (await driver.list(homeFilter(home))).length,
    volumes: (await driver.listVolumes({})).length,
    interfaces: readdirSync('/sys/class/net').length,
  }
}

export interface ServiceUse {
  memoryMb: number
  descriptors: number
}

export function usedBy(pid: number): ServiceUse {
  const kb = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  return { memoryMb: kb / 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length }
}

/** Of these containers: what runs in them, and what runs for them. */
export function processesFor(containers: Iterable<string>): number {
  const ids = [...containers]
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const text = readFileSync(`/proc/${pid}/cgroup`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return ids.some((id) => text.includes(id))
    } catch {
      return false // it has just ended
    }
  }).length
}
