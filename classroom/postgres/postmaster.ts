/**
 * What `postmaster.pid` in a data folder says of the server that runs, or ran, there. Knows how to read, never starts or ends anything.
 */
import { readdirSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { argumentsOf, isAlive } from './processes.ts'

export interface Postmaster {
  pid: number
  port: number
}

/** The server that lives on this data folder, null when none does. After a crash the file may name a stranger's process. */
export async function findPostmaster(data: string): Promise<Postmaster | null> {
  const file = path.join(data, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  // Lines: process, data folder, start time, port, socket folder, address, shared memory, status (src/include/utils/pidfile.h).
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!pid || !isAlive(pid)) return null
  if (!runsHere(pid, data)) {
    // PostgreSQL would refuse to start beside a stranger that has got the number of its dead postmaster.
    if (!anybodyRunsHere(data)) await rm(file, { force: true })
    return null
  }
  return { pid, port: Number(lines[3]) }
}

function runsHere(pid: number, data: string): boolean {
  const given = argumentsOf(pid)
  return given === null || given.includes(data)
}

function anybodyRunsHere(data: string): boolean {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.some((pid) => argumentsOf(Number(pid))?.includes(data))
}
