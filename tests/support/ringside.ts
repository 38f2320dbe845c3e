/**
 * A whole Ringside as `npm start` makes it: database, service, app, with a state folder and ports of its own. Ends with the test.
 * Knows nothing of what is tested with it.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type SandboxClient, sandboxClient } from '../../sandbox/client.ts'
import { dockerDriver } from '../../sandbox/docker.ts'
import { homeFilter } from '../../sandbox/labels.ts'
import { freePort, pause } from './service.ts'

/** Fixed, because the app's build holds the service's address: one build serves every run of the tests. */
const servicePort = 4791

export interface TestRingside {
  address: string
  /** The link that `npm start` prints. */
  signInAddress: string
  home: string
  /** The sandbox service, as the app asks it. */
  service: SandboxClient
  /** PostgreSQL's own. */
  databaseFolder(): Promise<string>
  log(): string
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface RingsideOptions {
  port?: number
  /** Where browsers come from, when that is not the app's own address. */
  origin?: string
  mode?: 'personal' | 'classroom'
  /** Whatever else is to be set. */
  env?: Record<string, string>
}

export async function startRingside({
  port: wanted,
  origin,
  mode = 'personal',
  env = {},
}: RingsideOptions = {}): Promise<TestRingside> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'ringside-home-'))
  const port = wanted ?? (await freePort())
  let output = ''
  const child = spawn(process.execPath, ['cli/bootstrap.mjs', 'up'], {
    env: {
      ...process.env,
      RINGSIDE_HOME: home,
      RINGSIDE_PORT: String(port),
      RINGSIDE_SERVICE_PORT: String(servicePort),
      RINGSIDE_APP_BUILD: '.next-test',
      RINGSIDE_ACCEL: process.env.RINGSIDE_ACCEL ?? 'tcg',
      DATABASE_URL: '',
      RINGSIDE_MODE: mode,
      ...env,
      ...(origin && { RINGSIDE_ORIGIN: origin }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  async function stop(): Promise<void> {
    child.kill('SIGINT')
    await ended
  }

  let signInAddress: string | undefined
  while (!signInAddress) {
    signInAddress = /http:\/\/\S+\/signin\?token=\S+/.exec(output)?.[0]
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`Ringside did not start:\n${output}`)
    await pause(100)
  }
  const secrets = JSON.parse(await readFile(path.join(home, 'secrets.json'), 'utf8')) as { service: string }
  return {
    service: sandboxClient({ url: `http://127.0.0.1:${servicePort}`, secret: secrets.service }),
    address: origin ?? `http://127.0.0.1:${port}`,
    signInAddress,
    home,
    databaseFolder: async () => path.join(await databasePlace(home), 'cluster', 'data'),
    log: () => output,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      const driver = dockerDriver()
      for (const one of await driver.list(homeFilter(home))) await driver.remove(one.id)
      await rm(await databasePlace(home), { recursive: true, force: true })
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Root's database cannot lie below a folder of root's alone, as /tmp's are; then it says where it is (classroom/postgres/place.ts). */
const databasePlace = async (home: string): Promise<string> => {
  const own = path.join(home, 'postgres')
  return (await readFile(path.join(own, 'elsewhere'), 'utf8').catch(() => own)).trim()
}
