/**
 * Everything that must be there before Ringside can serve or be tested, in order, each step shown and skipped when it is done already.
 * Knows the order; each step's file knows the how.
 */
import { availableParallelism } from 'node:os'
import type { Sandboxes } from '../../sandbox/setup.ts'
import { type Environment, repository } from '../environment.ts'
import type { Home } from '../home.ts'
import { inParallel } from '../in-parallel.ts'
import { CommandError, say } from '../output.ts'
import type { Progress } from '../progress.ts'
import { aptInstall } from './apt.ts'
import { ensureEngine } from './engine.ts'
import type { Host } from './host.ts'
import { diskNeeds, diskRoom, ensureTun, memoryRoom } from './machine.ts'

export interface Setting {
  env: Environment
  home: Home
  host: Host
  progress: Progress
}

/** An engine that answers, the tun device, room on the disk and in memory. */
export async function prepareEngine({ env, home, host, progress }: Setting): Promise<void> {
  await progress.step('Docker engine', (note) =>
    ensureEngine(host, { dockerHost: env.DOCKER_HOST, logs: home.logs, note: aloud(note) }),
  )
  // The devices and the disk of a remote engine are not ours to look at.
  if (env.DOCKER_HOST && !env.DOCKER_HOST.startsWith('unix:')) return
  await progress.step('tun device', (note) => ensureTun(host, note))
  requireRoom(host, home)
}

/** What is being done to the machine is said in a line that stays, not only in one that is overwritten. */
const aloud = (note: (line: string) => void) => (line: string) => {
  if (/^(installing|starting|mounting) /.test(line)) say(`  ${line}`)
  note(line)
}

function requireRoom(host: Host, home: Home): void {
  const first = home.mark('sandboxes') === null
  const disk = diskRoom(
    host,
    [repository, home.path, '/var/lib/docker'],
    first ? diskNeeds.firstSetUpMb : diskNeeds.laterMb,
  )
  if (!disk.ok) throw new CommandError(`The disk is too full: ${disk.message}.`, disk.remedy)
  const memory = memoryRoom(host)
  if (!memory.ok) say(`Warning: ${memory.message}. ${memory.remedy}`)
}

export async function prepareCode({ progress }: Setting): Promise<void> {
  const { generateClient } = await import('../../classroom/generate.ts')
  await progress.step('database client', (note) => generateClient(note))
}

/** The sandbox image and one VM template for each kind of machine that a lab uses. */
export async function prepareSandboxes(setting: Setting): Promise<Sandboxes> {
  const { env, home, progress } = setting
  const { openCatalog } = await import('../../labs/catalog.ts')
  const { openSandboxes } = await import('../../sandbox/setup.ts')
  // What `openSandboxes` was given hears of templates too, and those are the next step's.
  let hear = (_: string) => {}
  const sandboxes = await progress.step('sandbox image', (note) => {
    hear = note
    const open = () =>
      openSandboxes({ home: home.path, accel: env.RINGSIDE_ACCEL, onProgress: (line) => hear(line) })
    return open().catch(async (error) => {
      if (!(await mendBuilder(setting, error, note))) throw error
      return open()
    })
  })
  const { machinesOf } = await import('../machines.ts')
  await progress.step('VM templates', async (note) => {
    hear = note
    // On two processors two together take two thirds of the time that they take one after the other.
    const atOnce = Math.min(2, availableParallelism())
    await inParallel(machinesOf(await openCatalog()), atOnce, (machine) =>
      sandboxes.prepare(machine).catch((error: Error) => {
        // A first boot under emulation on a busy machine may run into its deadlines; a second failure has another reason.
        say(`  A template failed (${error.message}); once more`)
        return sandboxes.prepare(machine)
      }),
    )
  })
  home.setMark('sandboxes', new Date().toISOString())
  return sandboxes
}

/**
 * Where no registry answers, the image's base is made by debootstrap; that is only found out when the build asks for it.
 * @returns whether it is worth trying again
 */
async function mendBuilder(
  { host }: Setting,
  error: unknown,
  note: (line: string) => void,
): Promise<boolean> {
  const asksForIt = error instanceof Error && /debootstrap/.test(error.message)
  if (!asksForIt || host.has('debootstrap') || !host.root || !host.debian) return false
  aloud(note)('installing Debian’s debootstrap with apt-get')
  await aptInstall(host, ['debootstrap'], note)
  return true
}
