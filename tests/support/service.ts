/**
 * The real sandbox service as a child process on a free port with a home of its own; ends with the test. Knows no app and no database.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Verdict } from '../../grader/verdict.ts'
import { sandboxClient } from '../../sandbox/client.ts'
import { dockerDriver } from '../../sandbox/docker.ts'
import { homeFilter } from '../../sandbox/labels.ts'
import type { SandboxStatus } from '../../sandbox/protocol/status.ts'

export interface TestService {
  url: string
  secret: string
  origin: string
  home: string
  client: ReturnType<typeof sandboxClient>
  /** What the service has printed so far. */
  log(): string
  kill(signal: NodeJS.Signals): Promise<void>
  restart(): Promise<void>
  /** Waits until the status fulfils a condition; a failed start throws its problem. */
  until(id: string, condition: (status: SandboxStatus) => boolean, timeoutMs?: number): Promise<SandboxStatus>
  /** A check without a diagnosis. Asked once more when the host was too busy to judge: an outage, which costs a learner nothing either. */
  judged(id: string): Promise<Verdict>
  [Symbol.asyncDispose](): Promise<void>
}

export async function startService(env: Record<string, string> = {}): Promise<TestService> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'ringside-service-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const origin = 'http://127.0.0.1:4700'
  const secret = randomBytes(32).toString('hex')
  let output = ''
  let child: ChildProcess

  async function boot(): Promise<void> {
    child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/service/main.ts'], {
      env: {
        ...process.env,
        RINGSIDE_HOME: home,
        RINGSIDE_SECRET: secret,
        RINGSIDE_SERVICE_PORT: String(port),
        RINGSIDE_ORIGIN: origin,
        RINGSIDE_ACCEL: process.env.RINGSIDE_ACCEL ?? 'tcg',
        // Nothing happens that no test asked for.
        RINGSIDE_POOL: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the service did not start:\n${output}`)
      if (
        await fetch(`${url}/health`).then(
          (response) => response.ok,
          () => false,
        )
      )
        return
      await pause(50)
    }
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  await boot()
  const client = sandboxClient({ url, secret })
  return {
    url,
    secret,
    origin,
    home,
    client,
    log: () => output,
    kill,
    restart: boot,
    async until(id, condition, timeoutMs = 60_000) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const status = await client.status(id)
        if (condition(status)) return status
        if (status.state === 'failed')
          throw new Error(`start failed: ${JSON.stringify(status.problem)}\n${output}`)
        if (Date.now() > deadline) throw new Error(`not in time: ${JSON.stringify(status)}\n${output}`)
        await pause(50)
      }
    },
    async judged(id) {
      const { verdict } = await client.check(id, null)
      return verdict.status === 'error' ? (await client.check(id, null)).verdict : verdict
    },
    async [Symbol.asyncDispose]() {
      await kill('SIGTERM')
      const driver = dockerDriver()
      for (const one of await driver.list(homeFilter(home))) await driver.remove(one.id)
      await rm(home, { recursive: true, force: true })
    },
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A port that was free a moment ago, below those that the kernel gives out: nobody is given it while a service is down. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const port = randomInt(10_081, 20_000)
    const probe = createServer()
    probe.once('error', () => resolve(freePort()))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)))
  })
}
