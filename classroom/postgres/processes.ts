/**
 * Whether a process that was noted down still lives. A number alone is reused, in containers soon, so the time of birth goes with it
 * where the system tells it (Linux). Knows nothing of what the processes do.
 */
import { readFileSync } from 'node:fs'

/** A name for a living process that no later process will have: `number-birth`. */
export function markOf(pid: number): string {
  return `${pid}-${statOf(pid)?.birth ?? 0}`
}

/** @param name begins with a mark, whatever follows */
export function livesOn(name: string): boolean {
  const [pid, birth] = name.split('-', 2)
  return isAlive(Number(pid)) && birth === (statOf(Number(pid))?.birth ?? '0')
}

/** A process that we may not signal is alive all the same; one that only waits to be buried is not. */
export function isAlive(pid: number): boolean {
  if (statOf(pid)?.state === 'Z') return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Its arguments, null where the system does not tell. */
export function argumentsOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return null
  }
}

function statOf(pid: number): { state: string; birth: string } | null {
  try {
    // The second field, the name, may hold spaces and brackets: count from its end. See proc_pid_stat(5): 3 is state, 22 starttime.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', birth: fields[19] ?? '0' }
  } catch {
    return null
  }
}
