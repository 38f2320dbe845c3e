/**
 * What this machine must have besides an engine: the tun device, disk, memory. Knows no image and no sandbox.
 */
import { CommandError } from '../output.ts'
import type { Host } from './host.ts'

const tun = '/dev/net/tun'

/** Image, template, packages and build need about 5 GB at their peak; afterwards a class's sandboxes share what is there. */
export const diskNeeds = { firstSetUpMb: 6000, laterMb: 500 }
export const memoryNeeds = { leastMb: 1200, comfortableMb: 3000 }

export async function ensureTun(host: Host, note: (line: string) => void): Promise<void> {
  if (host.exists(tun)) return
  if (!host.root) throw noTun('it is missing')
  note('loading the tun module')
  await host.run(['modprobe', 'tun'])
  if (host.exists(tun)) return
  await host.run(['mkdir', '-p', '/dev/net'])
  const { code, output } = await host.run(['mknod', '-m', '0666', tun, 'c', '10', '200'])
  if (code !== 0) throw noTun(output.trim())
}

const noTun = (why: string) =>
  new CommandError(
    `A sandbox needs ${tun} for its wire, and ${why}.`,
    'Run `sudo modprobe tun`; inside a container, start it with `--device /dev/net/tun`.',
  )

export interface Room {
  ok: boolean
  message: string
  remedy: string
}

export function diskRoom(host: Host, folders: string[], neededMb: number): Room {
  const [free, folder] = folders
    .map((path) => [host.freeMb(path), path] as const)
    .reduce((least, one) => (one[0] < least[0] ? one : least))
  return {
    ok: free >= neededMb,
    message: `${(free / 1024).toFixed(1)} GB free at ${folder}, ${(neededMb / 1024).toFixed(1)} GB needed`,
    remedy:
      'Free some space (`docker system df` shows what Docker holds), or set RINGSIDE_HOME to a folder on a larger disk.',
  }
}

export function memoryRoom(host: Host): Room {
  const available = host.availableMemoryMb()
  return {
    ok: available >= memoryNeeds.leastMb,
    message: `${(available / 1024).toFixed(1)} GB of memory available, ${(memoryNeeds.leastMb / 1024).toFixed(1)} GB needed`,
    remedy:
      'End other programs or use a machine with more memory: 4 GB do for one learner, 8 GB for a class.',
  }
}
