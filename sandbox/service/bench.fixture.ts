/**
 * A service on a bench: the stand-in (standin.fixture.ts) as a process of its own that can be killed and started again, before a real world and
 * a real shell, and a wire before it that can be cut or go dead. For tests only.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { sandboxClient } from '../client.ts'
import { Bench, type Programs, until } from '../image/test/harness.fixture.ts'

const origin = 'http://bench.invalid'
const secret = 'a secret for the bench, thirty-two bytes long'

export class ServiceBench implements AsyncDisposable {
  readonly secret = secret
  readonly origin = origin
  readonly sandbox = randomUUID()
  readonly owner = 'ada'
  readonly client: ReturnType<typeof sandboxClient>
  log = ''
  #child: ChildProcess | null = null

  private constructor(
    readonly world: Bench,
    readonly home: string,
    readonly port: number,
    readonly env: Record<string, string>,
  ) {
    this.client = sandboxClient({ url: this.url, secret })
  }

  /** With a machine that is ready. */
  static async start(programs: Programs, env: Record<string, string> = {}): Promise<ServiceBench> {
    const home = await mkdtemp(path.join(os.tmpdir(), 'ringside-standin-'))
    const bench = new ServiceBench(await Bench.start(programs), home, await freePort(), env)
    await bench.boot()
    await bench.client.start({ id: bench.sandbox, lab: 'accept-queue', seed: 1, owner: bench.owner })
    await until(async () => (await bench.client.status(bench.sandbox)).state === 'ready')
    return bench
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get exited(): boolean {
    return this.#child?.exitCode !== null || this.#child.signalCode !== null
  }

  async boot(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', path.join(import.meta.dirname, 'standin.fixture.ts')],
      {
        env: {
          ...process.env,
          STANDIN_WORLD: this.world.serviceSocket,
          STANDIN_HOME: this.home,
          STANDIN_PORT: String(this.port),
          STANDIN_SECRET: secret,
          STANDIN_ORIGIN: origin,
          ...this.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        this.log += text
      })
    this.#child = child
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`the stand-in did not start:\n${this.log}`)
      return fetch(`${this.url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    }, 30_000)
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (!child || this.exited) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    await this.world[Symbol.asyncDispose]()
    await rm(this.home, { recursive: true, force: true })
  }
}

/** A wire to a port: every connection through it can be cut, or go dead without a word. */
export class Wire implements Disposable {
  readonly #server: net.Server
  readonly #pairs = new Set<[net.Socket, net.Socket]>()
  readonly #lost = new WeakSet<[net.Socket, net.Socket]>()
  #dead = false

  private constructor(to: number) {
    this.#server = net.createServer((near) => {
      const far = net.connect(to, '127.0.0.1')
      const pair: [net.Socket, net.Socket] = [near, far]
      this.#pairs.add(pair)
      if (this.#dead) this.#lost.add(pair)
      for (const [one, other] of [pair, [far, near] as const]) {
        one.on('data', (bytes) => this.#lost.has(pair) || other.write(bytes))
        one.on('error', () => {})
        one.on('close', () => {
          other.destroy()
          this.#pairs.delete(pair)
        })
      }
    })
  }

  static async to(port: number): Promise<Wire> {
    const wire = new Wire(port)
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve))
    return wire
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port
  }

  /** As a network that is gone: what was under way is lost. */
  cut(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }

  /** As a sleeping laptop behind a router that has forgotten: over what was open no byte passes any more, and nobody is told. */
  goDead(dead = true): void {
    this.#dead = dead
    if (dead) for (const pair of this.#pairs) this.#lost.add(pair)
  }

  [Symbol.dispose](): void {
    this.cut()
    this.#server.close()
  }
}

/**
 * Below those that the kernel gives out: between two services of one bench nobody else who asks for any port may be given this one. Other test
 * files run at the same time, hence by chance.
 */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const port = randomInt(10_081, 20_000)
    const probe = net.createServer().listen(port, '127.0.0.1', () => probe.close(() => resolve(port)))
    probe.once('error', () => resolve(freePort()))
  })
}
