/**
 * What the tests of world and agent share: the programs built with sanitizers, started on this machine without a VM, and a link to
 * them. Knows no Docker.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll } from 'vitest'
import { connectLink, type Link, type SubscribeOptions, type Subscription } from '../../link.ts'

const run = promisify(execFile)
const imageFolder = path.join(import.meta.dirname, '..')

/** A sanitizer's finding ends the program, and its text lands in the failing test's output. */
const sanitizers = '-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'

/** Builds `world`, `agent` and `telemetryd` into a folder of their own, as the image does but for the sanitizers. */
export async function buildPrograms(extra = sanitizers): Promise<Programs> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ringside-world-'))
  // gcc's own fortification hides from the sanitizer what it catches; one of the two at a time.
  const flags = extra.includes('sanitize') ? `${extra} -U_FORTIFY_SOURCE -Wno-error` : extra
  const make = (name: string, ...more: string[]) =>
    run('make', ['-C', path.join(imageFolder, name), `OUT=${folder}`, `EXTRA=${flags}`, ...more])
  // No sanitizer goes into a static program.
  await Promise.all([make('world'), make('agent'), make('telemetry', 'LINK=-pie')])
  return {
    world: path.join(folder, 'world'),
    agent: path.join(folder, 'agent'),
    telemetryd: path.join(folder, 'telemetryd'),
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The programs of a test file: built before its first test, gone after its last. */
export function builtPrograms(): Programs {
  const programs = {} as Programs
  beforeAll(async () => void Object.assign(programs, await buildPrograms()), 120_000)
  afterAll(() => programs[Symbol.asyncDispose]?.())
  return programs
}

export interface Programs extends AsyncDisposable {
  world: string
  agent: string
  telemetryd: string
  folder: string
}

interface BenchOptions {
  linger?: number
  agent?: boolean
  /** Where the world runs; on this machine's own network unless told. */
  network?: { words(command: string[]): string[] }
  wan?: boolean
  /** Started by the keeper as it starts QEMU, in its place: 4 is the agent's port, 5 the monitor. Needs a network, where the world makes its wire. */
  qemu?: string[]
}

/** A world without a VM and a real agent, both on this machine; or a world whose VM is a test's own program. */
export class Bench implements AsyncDisposable {
  readonly #children: ChildProcess[] = []
  readonly #links: Link[] = []
  stderr = ''
  world!: ChildProcess
  agent!: ChildProcess

  private constructor(
    readonly programs: Programs,
    readonly folder: string,
  ) {}

  static async start(programs: Programs, options: BenchOptions = {}): Promise<Bench> {
    const bench = new Bench(programs, await mkdtemp(path.join(programs.folder, 'bench-')))
    const { network, qemu } = options
    const words = ['--linger', String(options.linger ?? 0), '--socket', bench.serviceSocket]
    const cold = ['--mode', 'cold', '--uid', String(process.getuid?.()), '--', ...(qemu ?? [])]
    const none = ['--mode', 'none', '--agent-socket', bench.agentSocket, ...(options.wan ? ['--wan'] : [])]
    const world = [programs.world, ...words, ...(qemu ? cold : none)]
    const [program = '', ...rest] = network ? network.words(world) : world
    bench.world = bench.#spawn(program, rest)
    await listening(bench.serviceSocket)
    if (options.agent !== false && !qemu) bench.startAgent()
    return bench
  }

  get serviceSocket(): string {
    return path.join(this.folder, 'service')
  }

  get agentSocket(): string {
    return path.join(this.folder, 'agent')
  }

  startAgent(): void {
    // A home of its own: what this machine's login does is none of the tests' business, and may be slow.
    const words = ['--port', this.agentSocket, '--home', this.folder, '--no-clock']
    this.agent = this.#spawn(this.programs.agent, words)
  }

  link(): Link {
    const link = connectLink(net.connect(this.serviceSocket))
    this.#links.push(link)
    return link
  }

  async readyLink(): Promise<Link> {
    const link = this.link()
    await link.waitReady(10_000)
    return link
  }

  /** The resident memory of a program, without what the sanitizer adds when there is none. */
  async exit(child: ChildProcess): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    return new Promise((resolve) => child.once('exit', resolve))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const link of this.#links) link.close()
    for (const child of this.#children.reverse()) {
      child.kill('SIGTERM')
      const slow = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await this.exit(child)
      clearTimeout(slow)
    }
    // Shells that were hung up write their history still.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20 })
    if (/Sanitizer|runtime error/.test(this.stderr)) throw new Error(this.stderr)
  }

  /** Another program of the same test, ended with it; its sanitizer is heard too. */
  run(program: string, words: string[]): ChildProcess {
    return this.#spawn(program, words)
  }

  #spawn(program: string, words: string[]): ChildProcess {
    const child = spawn(program, words, {
      stdio: ['ignore', 'inherit', 'pipe'],
      env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0:quarantine_size_mb=16' },
    })
    child.stderr?.on('data', (text: Buffer) => {
      this.stderr += text
    })
    this.#children.push(child)
    return child
  }
}

async function listening(socket: string): Promise<void> {
  await until(async () => {
    const probe = net.connect(socket)
    const ok = await new Promise<boolean>((resolve) => {
      probe.once('connect', () => resolve(true))
      probe.once('error', () => resolve(false))
    })
    probe.destroy()
    return ok
  })
}

/** Waits for something to become true. */
export async function until(ready: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!(await ready())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${ready}`)
    await delay(10)
  }
}

/** A viewer that keeps what it saw and acknowledges at once, unless told not to. */
export class Screen {
  text = ''
  bytes = 0
  /** Where the next byte is expected; more than that is a jump. */
  next: number | null = null
  jumps = 0
  typed = 0
  typedSoFar = 0
  closed: number | null = null
  started: { start: number; end: number; typed: number; epoch: number } | null = null
  subscription!: Subscription

  static async open(
    link: Link,
    terminal: number,
    options: Partial<SubscribeOptions> & { acks?: boolean } = {},
  ): Promise<Screen> {
    const screen = new Screen()
    const { acks = true, ...rest } = options
    screen.subscription = await link.subscribe({
      terminal,
      client: 'tester',
      from: 'start',
      onStart: (state) => {
        screen.started = state
        screen.typedSoFar = state.typed
      },
      onOutput: (offset, bytes) => {
        if (screen.next !== null && offset !== screen.next) screen.jumps++
        screen.next = offset + bytes.length
        screen.bytes += bytes.length
        screen.text = (screen.text + bytes.toString('latin1')).slice(-100_000)
        if (acks) screen.subscription?.ack(screen.next)
      },
      onTyped: (offset) => {
        screen.typed = offset
      },
      onClosed: (status) => {
        screen.closed = status
      },
      ...rest,
    })
    return screen
  }

  type(text: string): void {
    const bytes = Buffer.from(text)
    this.subscription.type(this.typedSoFar, bytes)
    this.typedSoFar += bytes.length
  }

  async shows(wanted: string | RegExp, timeoutMs = 10_000): Promise<void> {
    const seen = () => (typeof wanted === 'string' ? this.text.includes(wanted) : wanted.test(this.text))
    await until(seen, timeoutMs).catch(() => {
      throw new Error(`${wanted} is not on the screen:\n${this.text.slice(-2000)}`)
    })
  }
}
