/**
 * One `up` per home. The file names the process by pid and start time, so that a lock left by kill -9 is known to be stale even when the
 * pid has been given to somebody else. Knows nothing of what the holder runs.
 */
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { read, writeWhole } from './home.ts'

const processSchema = z.object({ pid: z.number().int().positive(), started: z.string() })
export type ProcessName = z.infer<typeof processSchema>

const holderSchema = processSchema.extend({
  address: z.string(),
  /** What the holder started: whoever finds a stale lock ends them. */
  children: z.array(processSchema.extend({ name: z.string() })).default([]),
})
export type Holder = z.infer<typeof holderSchema>

export interface Lock {
  update(change: Partial<Pick<Holder, 'address' | 'children'>>): void
  release(): void
}

/** The lock, or who holds it. `orphans` are the children of a holder that died without ending them. */
export function takeLock(
  path: string,
  address: string,
): { lock: Lock; orphans: Holder['children'] } | { holder: Holder } {
  let orphans: Holder['children'] = []
  for (let attempt = 0; attempt < 20; attempt++) {
    const mine: Holder = { ...processName(process.pid), address, children: [] }
    if (createExclusively(path, JSON.stringify(mine))) return { lock: held(path, mine), orphans }
    const holder = readHolder(path)
    if (holder && isRunning(holder)) return { holder }
    orphans = holder?.children.filter(isRunning) ?? []
    rmSync(path, { force: true })
  }
  throw new Error(`${path} cannot be taken; remove it when no Ringside runs.`)
}

/** Who runs in this home, if anybody does. */
export function runningHolder(path: string): Holder | null {
  const holder = readHolder(path)
  return holder && isRunning(holder) ? holder : null
}

function held(path: string, mine: Holder): Lock {
  let current = mine
  return {
    update(change) {
      current = { ...current, ...change }
      writeWhole(path, JSON.stringify(current), 0o600)
    },
    release: () => rmSync(path, { force: true }),
  }
}

/** `link` of a finished file: the lock is never seen half written. */
function createExclusively(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function readHolder(path: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(read(path) ?? ''))
  } catch {
    return null
  }
}

export function processName(pid: number): ProcessName {
  return { pid, started: startTime(pid) ?? '' }
}

export function isRunning({ pid, started }: ProcessName): boolean {
  const now = startTime(pid)
  if (now !== null) return now === started
  if (process.platform === 'linux') return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Field 22 of /proc/PID/stat, ticks since boot, with the boot's id. A zombie has ended. Elsewhere than on Linux: unknown. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
  } catch {
    return null
  }
}
