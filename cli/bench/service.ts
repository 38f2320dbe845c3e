/**
 * A sandbox service of the bench's own, started as `up` starts it, with its own state: the one that may run beside it is left alone. Knows
 * no figure.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type SandboxClient, sandboxClient } from '../../sandbox/client.ts'
import { dockerDriver } from '../../sandbox/docker.ts'
import { homeFilter } from '../../sandbox/labels.ts'
import { repository } from '../environment.ts'
import { CommandError, say } from '../output.ts'
import { signalGroup, supervise } from '../supervise.ts'

export interface BenchService {
  url: string
  secret: string
  origin: string
  owner: string
  /** The service's process right now. */
  readonly pid: number | undefined
  client: SandboxClient
  /** Starts so many machines of a lab, one after the other, and waits until each is ready. */
  start(lab: string, count: number): Promise<string[]>
  /** Asks for one machine, and forgets it only when it has ended. */
  ask(lab: string, seed: number): Promise<string>
  end(id: string): Promise<void>
  /** Waits until it answers. */
  healthy(): Promise<void>
}

const origin = 'http://bench.invalid'

export async function withService<T>(
  options: { home: string; accel: string; pool?: number; env?: Record<string, string>; restarts?: 'always' },
  work: (service: BenchService) => Promise<T>,
): Promise<T> {
  const secret = randomBytes(32).toString('base64url')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const log = join(options.home, 'service.log')
  const program = join(repository, 'sandbox/service/main.ts')
  const service = supervise(
    {
      name: 'sandbox service',
      command: [process.execPath, '--import', import.meta.resolve('tsx'), program],
      cwd: repository,
      log,
      env: {
        ...process.env,
        RINGSIDE_HOME: options.home,
        RINGSIDE_SECRET: secret,
        RINGSIDE_ORIGIN: origin,
        RINGSIDE_SERVICE_PORT: String(port),
        RINGSIDE_ACCEL: options.accel,
        RINGSIDE_LINGER_SECONDS: '30',
        // One owner for all of them, and none falls asleep or ends while it is measured.
        RINGSIDE_MACHINES_PER_PERSON: '1000',
        RINGSIDE_MACHINES: '1000',
        RINGSIDE_SUSPEND_MINUTES: '0',
        RINGSIDE_POOL: String(options.pool ?? 0),
        ...options.env,
      },
    },
    // Who kills it on purpose wants it back each time, and not told of.
    options.restarts
      ? { onRestart: () => {}, onStart: () => {}, quickDeathMs: 0, backoffMs: 200 }
      : { onRestart: say, onStart: () => {} },
  )
  // A bench that is interrupted leaves before the end of this function; the machines then end by themselves.
  const endWithUs = (): void => {
    if (service.pid) signalGroup(service.pid, 'SIGKILL')
  }
  process.once('exit', endWithUs)
  const client = sandboxClient({ url, secret })
  const owner = `bench-${randomBytes(4).toString('hex')}`
  const ids: string[] = []

  async function ask(lab: string, seed: number): Promise<string> {
    const id = randomUUID()
    ids.push(id)
    await client.start({ id, lab, seed, owner })
    return id
  }

  try {
    await Promise.race([healthy(url), service.failed.then((error) => Promise.reject(error))])
    return await work({
      url,
      secret,
      origin,
      owner,
      get pid() {
        return service.pid
      },
      healthy: () => healthy(url),
      client,
      ask,
      end: (id) => client.end(id),
      async start(lab, count) {
        const these: string[] = []
        for (let seed = 1; seed <= count; seed++) {
          const id = await ask(lab, seed)
          these.push(id)
          await ready(client, id)
          say(`  machine ${seed} of ${count} is ready`)
        }
        return these
      },
    })
  } finally {
    await Promise.all(ids.map((id) => client.end(id).catch(() => {})))
    await service.stop()
    process.removeListener('exit', endWithUs)
    await endPool(options.home)
  }
}

/** The machines that still wait would end by themselves, but the next measurement wants the host at rest. */
async function endPool(home: string): Promise<void> {
  const driver = dockerDriver()
  for (const { id } of await driver.list(homeFilter(home))) await driver.remove(id)
}

async function healthy(url: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(100)) {
    if ((await fetch(`${url}/health`).catch(() => null))?.ok) return
  }
  throw new CommandError('The sandbox service does not answer.', 'Run `npm run ringside -- doctor`.')
}

/** The before-figures are taken too, so that nothing else happens while keys are timed. */
async function ready(client: SandboxClient, id: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(100)) {
    const { state, baseline, problem } = await client.status(id)
    if (problem) throw new CommandError(problem.message, problem.remedy)
    if (state === 'ready' && baseline !== 'measuring') return
  }
  throw new CommandError('A machine did not become ready.', 'Run `npm run ringside -- doctor`.')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
