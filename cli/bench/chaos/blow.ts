/**
 * kill -9 of one process that a sandbox lives by. The gateway is a part of the service's process; what it holds of its own is the pipe into the
 * container, a process too, which is `gateway` here. Knows no learner.
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { ContainerInfo, Driver } from '../../../sandbox/driver.ts'
import { connectLink } from '../../../sandbox/link.ts'

export const victims = ['service', 'gateway', 'qemu', 'keeper', 'world', 'agent'] as const
export type Victim = (typeof victims)[number]

const connectCommand = ['/usr/lib/ringside/world', 'connect']
const agentTimeoutMs = 5_000
/** In the guest, where the agent runs what it is told: the oldest of that name is the agent itself. */
const killAgent = 'kill -9 "$(pgrep -ox agent)"'

/** @returns whether there was something to kill */
export async function strike(
  victim: Victim,
  target: { driver: Driver; container: ContainerInfo | undefined; service: number | undefined },
): Promise<boolean> {
  const { driver, container, service } = target
  if (victim === 'service') return kill(service)
  if (!container?.running) return false
  if (victim === 'agent') return strikeAgent(driver, container.id)
  return kill(processesIn(container.id).find((one) => isVictim(one, victim))?.pid)
}

function kill(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false // it has just ended
  }
}

/** What the shell that does it answers is lost with the agent. */
async function strikeAgent(driver: Driver, container: string): Promise<boolean> {
  const stream = await driver.connect(container, connectCommand).catch(() => null)
  if (!stream) return false
  const link = connectLink(stream)
  try {
    const { exitCode } = await link.exec(killAgent, { timeoutMs: agentTimeoutMs })
    return exitCode === 0
  } catch (error) {
    return /agent|lost|gone/.test(String(error))
  } finally {
    link.close()
  }
}

interface Process {
  pid: number
  name: string
  words: string[]
}

function isVictim({ name, words }: Process, victim: Victim): boolean {
  if (victim === 'qemu') return name.startsWith('qemu-system')
  if (victim === 'keeper') return name === 'keeper'
  if (victim === 'gateway') return name === 'world' && words[1] === 'connect'
  return name === 'world' && words[1] !== 'connect'
}

/** Of a container, as the host sees them. */
export function processesIn(container: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(pid, 'cgroup').includes(container))
    .map((pid) => ({
      pid: Number(pid),
      name: read(pid, 'comm').trim(),
      words: read(pid, 'cmdline').split('\0'),
    }))
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // it has just ended
  }
}
