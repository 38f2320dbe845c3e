/**
 * Control groups for a daemon that we start ourselves: inside plain containers and tiny VMs nobody has mounted them. Knows no Docker.
 */
import { CommandError } from '../output.ts'
import type { Host } from './host.ts'

const place = '/sys/fs/cgroup'

/** Version 2 where the kernel's controllers are free for it, else every controller of version 1 by itself. */
export async function mountCgroups(host: Host, note: (line: string) => void): Promise<void> {
  if (isMounted(host)) return
  note(`mounting ${place}`)
  if (await mountUnified(host)) return
  await must(host, ['mount', '-t', 'tmpfs', '-o', 'mode=755', 'cgroup', place])
  for (const name of controllers(host.read('/proc/cgroups'))) {
    await must(host, ['mkdir', '-p', `${place}/${name}`])
    await host.run(['mount', '-t', 'cgroup', '-o', name, name, `${place}/${name}`])
  }
  if (!host.exists(`${place}/memory/tasks`)) throw cannot(`${place}/memory is missing`)
}

export function isMounted(host: Pick<Host, 'read'>): boolean {
  return / \/sys\/fs\/cgroup(\/memory)? \S+ (\S+ )*- cgroup2? /m.test(host.read('/proc/self/mountinfo'))
}

/** The controllers that the kernel has and has not switched off. */
export function controllers(table: string): string[] {
  return table
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
    .filter((fields) => fields[3] === '1')
    .map((fields) => fields[0] ?? '')
}

async function mountUnified(host: Host): Promise<boolean> {
  const { code } = await host.run(['mount', '-t', 'cgroup2', 'cgroup2', place])
  if (code !== 0) return false
  const has = host.read(`${place}/cgroup.controllers`).split(/\s+/)
  if (['memory', 'pids', 'cpu'].every((name) => has.includes(name))) return true
  await host.run(['umount', place])
  return false
}

async function must(host: Host, command: string[]): Promise<void> {
  const { code, output } = await host.run(command)
  if (code !== 0) throw cannot(`\`${command.join(' ')}\`: ${output.trim()}`)
}

const cannot = (why: string) =>
  new CommandError(
    `The Docker daemon needs control groups, and they could not be mounted (${why}).`,
    'In a container: start it with --privileged, or give it the host’s Docker socket. Elsewhere: `apt-get install cgroupfs-mount && cgroupfs-mount`.',
  )
