/**
 * Brings Ringside up in its home and takes it down again, whatever happens in between. Knows the order of the steps, no step.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { addressOf, type Environment } from './environment.ts'
import type { Home } from './home.ts'
import { type Holder, isRunning, type Lock, runningHolder, takeLock } from './lock.ts'
import { CommandError, say } from './output.ts'
import { requirePort } from './ports.ts'
import { createProgress } from './progress.ts'
import { buildApp } from './setup/app.ts'
import { prepareDatabase } from './setup/database.ts'
import { thisHost } from './setup/host.ts'
import { prepareCode, prepareEngine, prepareSandboxes, type Setting } from './setup/prepare.ts'
import { type Interrupt, Interrupted, onInterrupt } from './signals.ts'
import { appEnvironment, createStack, type Stack } from './stack.ts'
import { signalGroup } from './supervise.ts'

export interface RunningOptions {
  env: Environment
  home: Home
  dev: boolean
}

/** Where to find it, and how to be signed in. */
export type Addresses = Pick<Stack, 'address' | 'signInAddress'>

const lockPath = (home: Home) => join(home.path, 'up.lock')

/** Holds Ringside up until Ctrl-C (a return) or until a part has died for good (thrown). */
export async function holdUp(options: RunningOptions, ready: (addresses: Addresses) => void): Promise<void> {
  await whileUp(options, async (stack, interrupt) => {
    ready(stack)
    const end = await Promise.race([stack.failed, interrupt.happened])
    if (!(end instanceof Interrupted)) throw end
  })
}

/** For work that needs a Ringside: the one that runs in this home, or one of its own for as long as the work takes. */
export async function withRingside<T>(
  env: Environment,
  home: Home,
  work: (addresses: Addresses) => Promise<T>,
): Promise<T> {
  const holder = runningHolder(lockPath(home))
  if (holder)
    return work({
      address: holder.address,
      signInAddress: `${holder.address}/signin?token=${home.secrets().signin}`,
    })
  return whileUp({ env, home, dev: false }, (stack, interrupt) => interrupt.unless(work(stack)))
}

/** The app from its sources, for as long as the work takes; one that runs in this home already is not taken for it. */
export const withDevelopment = <T>(
  env: Environment,
  home: Home,
  work: (addresses: Addresses) => Promise<T>,
): Promise<T> => whileUp({ env, home, dev: true }, (stack, interrupt) => interrupt.unless(work(stack)))

async function whileUp<T>(
  options: RunningOptions,
  work: (stack: Stack, interrupt: Interrupt) => Promise<T>,
): Promise<T> {
  const { env, home } = options
  const lock = await lockHome(env, home)
  const interrupt = onInterrupt()
  const setting: Setting = { env, home, host: thisHost(), progress: createProgress() }
  const started: (() => Promise<void>)[] = []
  try {
    const stack = await interrupt.unless(bringUp(options, setting, lock, started))
    return await work(stack, interrupt)
  } finally {
    setting.host.endRunning()
    if (started.length > 0) say('Stopping …')
    for (const stop of started.toReversed()) await stop()
    lock.release()
    interrupt.forget()
  }
}

/** What was started is noted at once, so that an interruption in the middle stops just that. */
async function bringUp(
  { dev }: RunningOptions,
  setting: Setting,
  lock: Lock,
  started: (() => Promise<void>)[],
): Promise<Stack> {
  const { env, home, host, progress } = setting
  await requirePort({ variable: 'RINGSIDE_PORT', host: env.RINGSIDE_HOST, port: env.RINGSIDE_PORT })
  await requirePort({ variable: 'RINGSIDE_SERVICE_PORT', host: '127.0.0.1', port: env.RINGSIDE_SERVICE_PORT })
  await prepareEngine(setting)
  await prepareCode(setting)
  const database = prepareDatabase(setting)
  // Interrupted while it comes up: then it comes up first, and is stopped.
  started.push(() => database.then(({ stop }) => stop()).catch(() => {}))
  const { url: databaseUrl } = await database
  await prepareSandboxes(setting)
  const parts = { env, home, progress, lock, dev, databaseUrl }
  if (!dev) await progress.step('app build', (note) => buildApp(host, note, appEnvironment(parts)))
  const stack = createStack(parts)
  started.push(stack.stop)
  return stack.start()
}

async function lockHome(env: Environment, home: Home): Promise<Lock> {
  const taken = takeLock(lockPath(home), addressOf(env))
  if ('holder' in taken) throw alreadyRunning(taken.holder, home)
  for (const orphan of taken.orphans.toReversed()) {
    say(`Ending the ${orphan.name} that an earlier run left behind (pid ${orphan.pid}).`)
    signalGroup(orphan.pid, 'SIGKILL')
    // Its port is free only when it is gone.
    while (isRunning(orphan)) await pause(20)
  }
  return taken.lock
}

const alreadyRunning = ({ pid, address }: Holder, home: Home) =>
  new CommandError(
    `Ringside runs already (pid ${pid}): ${address}`,
    `Open that address, or stop it with Ctrl-C where it runs (\`kill ${pid}\`). A second one beside it needs its own state and ports: \`RINGSIDE_HOME=${home.path}-2 RINGSIDE_PORT=4710 RINGSIDE_SERVICE_PORT=4711 npm start\`.`,
  )
