/**
 * What the lab commands share: the catalogue, an engine with image and template, machines that are ended whatever happens. Knows no
 * command and no output format.
 */
import { userInfo } from 'node:os'
import { isAbsolute, resolve } from 'node:path'
import type { Catalog } from '../labs/catalog.ts'
import type { LabFolder } from '../labs/folder.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import type { Sandboxes } from '../sandbox/setup.ts'
import { readEnvironment } from './environment.ts'
import { openHome } from './home.ts'
import { CommandError } from './output.ts'
import { createProgress, type Progress } from './progress.ts'
import { thisHost } from './setup/host.ts'
import { prepareEngine, prepareSandboxes, type Setting } from './setup/prepare.ts'
import { Interrupted, onInterrupt } from './signals.ts'

/** A machine outlives a command line that was killed by this much, no more. */
const lingerSeconds = 45

/** The service leaves sandboxes of such owners alone. */
export const cliOwner = (): string => `cli:${userInfo().username}`.slice(0, 64)

export interface LabRoom {
  catalog: Catalog
  sandboxes: Sandboxes
  /** Starts a machine, hands it to `work`, ends it, also after Ctrl-C. */
  withMachine<T>(options: MachineOptions, work: (machine: RunningMachine) => Promise<T>): Promise<T>
}

export interface MachineOptions {
  lab: LabFolder
  seed: number
  onStep?: (title: string) => void
  /** Set for machines that another window should not find. */
  owner?: string
}

export async function openCatalog(): Promise<Catalog> {
  const labs = await import('../labs/catalog.ts')
  const catalog = await labs.openCatalog()
  return {
    ...catalog,
    get(id) {
      try {
        return catalog.get(id)
      } catch (error) {
        if (!(error instanceof labs.UnknownLabError)) throw error
        throw new CommandError(error.message, '`npm run ringside -- lab list` shows them all.', {
          cause: error,
        })
      }
    },
  }
}

/** Sets up what is missing, as `up` does, but for the app. @throws Interrupted after Ctrl-C, when every machine is gone */
export async function inLabRoom<T>(
  work: (room: LabRoom) => Promise<T>,
  progress: Progress = createProgress(),
): Promise<T> {
  const env = readEnvironment()
  const setting: Setting = { env, home: openHome(env.RINGSIDE_HOME), host: thisHost(), progress }
  const interrupt = onInterrupt()
  const live = new Set<RunningMachine>()
  const starting = new Set<Promise<RunningMachine>>()
  try {
    return await interrupt.unless(
      (async () => {
        await prepareEngine(setting)
        const sandboxes = await prepareSandboxes(setting)
        return work({
          catalog: await openCatalog(),
          sandboxes,
          async withMachine({ lab, seed, onStep, owner = `${cliOwner()}:alone` }, use) {
            const start = sandboxes.start({
              lab,
              seed,
              owner,
              lingerSeconds,
              onStep: ({ title, ms }) => ms === null && onStep?.(title),
            })
            starting.add(start)
            const machine = await start.finally(() => starting.delete(start))
            live.add(machine)
            try {
              return await use(machine)
            } finally {
              live.delete(machine)
              await machine.dispose()
            }
          },
        })
      })(),
    )
  } catch (error) {
    if (error instanceof Interrupted) setting.host.endRunning()
    throw error
  } finally {
    for (const result of await Promise.allSettled(starting))
      if (result.status === 'fulfilled') live.add(result.value)
    await Promise.all([...live].map((machine) => machine.dispose()))
    interrupt.forget()
  }
}

/** We run in the checkout; a path is meant from where the person stands (see bootstrap.mjs). */
export function fromWhereTheyStand(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env.INIT_CWD ?? process.cwd(), path)
}
