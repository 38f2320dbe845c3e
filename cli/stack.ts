/**
 * The running Ringside: database, sandbox service, app, in this order up and the other way down. Knows how to start them and when they are
 * well; knows nothing of what they do.
 */
import { join } from 'node:path'
import { addressOf, appBuildOf, type Environment, originsOf, repository } from './environment.ts'
import type { Home } from './home.ts'
import { type Lock, processName } from './lock.ts'
import { CommandError, say } from './output.ts'
import type { Progress } from './progress.ts'
import { nextProgram } from './setup/app.ts'
import { type Supervised, supervise } from './supervise.ts'

export interface StackOptions {
  env: Environment
  home: Home
  databaseUrl: string
  progress: Progress
  lock: Lock
  dev: boolean
}

export interface Stack {
  address: string
  signInAddress: string
  /** Settles when a part has died too often. */
  failed: Promise<CommandError>
}

const wellWithinMs = 90_000

/** `stop` is there before anything has started: a start that is interrupted, or fails, is stopped like a whole one. */
export function createStack(options: StackOptions): { start(): Promise<Stack>; stop(): Promise<void> } {
  const { env, home, progress } = options
  const parts: Supervised[] = []
  let stopped = false
  const start = (part: Part) =>
    progress.step(part.name, async () => {
      if (stopped) throw new Error('Ringside is being stopped.')
      await startPart(options, parts, part)
    })
  return {
    async start() {
      await start(serviceOf(options))
      await start(appOf(options))
      const address = addressOf(env)
      return {
        address,
        signInAddress: `${address}/signin?token=${home.secrets().signin}`,
        failed: Promise.race(parts.map((part) => part.failed)),
      }
    },
    async stop() {
      stopped = true
      for (const part of parts.toReversed()) await part.stop()
    },
  }
}

interface Part {
  name: string
  command: string[]
  env: NodeJS.ProcessEnv
  /** Answers without an error once the part is well. */
  health: string
}

const serviceUrl = (env: Environment) => `http://127.0.0.1:${env.RINGSIDE_SERVICE_PORT}`

function serviceOf({ env, home }: StackOptions): Part {
  return {
    name: 'sandbox service',
    command: [
      process.execPath,
      '--import',
      import.meta.resolve('tsx'),
      join(repository, 'sandbox/service/main.ts'),
    ],
    env: {
      ...process.env,
      RINGSIDE_HOME: env.RINGSIDE_HOME,
      RINGSIDE_SERVICE_PORT: String(env.RINGSIDE_SERVICE_PORT),
      RINGSIDE_SECRET: home.secrets().service,
      RINGSIDE_ORIGIN: originsOf(env).join(','),
      RINGSIDE_ACCEL: env.RINGSIDE_ACCEL,
      RINGSIDE_POOL: String(env.RINGSIDE_POOL),
      RINGSIDE_RECORDING_DAYS: String(env.RINGSIDE_RECORDING_DAYS),
      RINGSIDE_SUBMISSION_DAYS: String(env.RINGSIDE_SUBMISSION_DAYS),
    },
    health: `${serviceUrl(env)}/health`,
  }
}

function appOf(options: StackOptions): Part {
  const { env, dev } = options
  const where = ['-H', env.RINGSIDE_HOST, '-p', String(env.RINGSIDE_PORT)]
  const host = ['0.0.0.0', '::'].includes(env.RINGSIDE_HOST) ? '127.0.0.1' : env.RINGSIDE_HOST
  return {
    name: 'app',
    command: [process.execPath, nextProgram, dev ? 'dev' : 'start', ...where],
    env: withoutDocker({
      ...process.env,
      ...appEnvironment(options),
      NODE_ENV: dev ? 'development' : 'production',
    }),
    health: `http://${host.includes(':') ? `[${host}]` : host}:${env.RINGSIDE_PORT}/api/health`,
  }
}

/** What the app is told, at its build and at its start. */
export function appEnvironment({
  env,
  home,
  databaseUrl,
}: Pick<StackOptions, 'env' | 'home' | 'databaseUrl'>): Record<string, string> {
  const { service, signin } = home.secrets()
  return {
    DATABASE_URL: databaseUrl,
    RINGSIDE_SERVICE_URL: serviceUrl(env),
    RINGSIDE_SECRET: service,
    RINGSIDE_OWNER_TOKEN: signin,
    RINGSIDE_MODE: env.RINGSIDE_MODE,
    RINGSIDE_HOME: env.RINGSIDE_HOME,
    RINGSIDE_ORIGIN: originsOf(env).join(','),
    RINGSIDE_APP_BUILD: appBuildOf(env),
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** The app holds no Docker socket, nor any word of where one is. */
const withoutDocker = ({ DOCKER_HOST: _, ...env }: NodeJS.ProcessEnv) => env as NodeJS.ProcessEnv

async function startPart({ home, lock }: StackOptions, parts: Supervised[], part: Part): Promise<void> {
  const { name, command, env } = part
  const log = join(home.logs, `${name.replaceAll(' ', '-')}.log`)
  const record = () => lock.update({ children: parts.flatMap(named) })
  const supervised = supervise(
    { name, command, env, cwd: repository, log },
    { onRestart: say, onStart: record },
  )
  parts.push(supervised)
  record()
  await Promise.race([well(part, log), supervised.failed.then((error) => Promise.reject(error))])
}

const named = ({ name, pid }: Supervised) => (pid ? [{ name, ...processName(pid) }] : [])

async function well({ name, health }: Part, log: string): Promise<void> {
  for (const deadline = Date.now() + wellWithinMs; Date.now() < deadline; ) {
    const answer = await fetch(health, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).catch(
      () => null,
    )
    await answer?.body?.cancel()
    if (answer && answer.status < 500) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new CommandError(
    `The ${name} does not answer at ${health}.`,
    `Its log is ${log}. Mend what it says, then run \`npm start\` again.`,
  )
}
