/** Leg B as the tests need it: an agent alone, with a test in the world's place. Knows no world. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { encodeFrame, type Frame, FrameDecoder } from '../../wire.ts'
import { type Programs, until } from './harness.fixture.ts'

export const legB = {
  ping: 0x10,
  time: 0x11,
  exec: 0x12,
  kill: 0x13,
  open: 0x14,
  input: 0x15,
  resize: 0x16,
  credit: 0x17,
  close: 0x18,
  count: 0x19,
  pong: 0x90,
  timed: 0x91,
  stdout: 0x92,
  stderr: 0x93,
  exit: 0x94,
  output: 0x95,
  closed: 0x96,
  ready: 0x97,
  counted: 0x98,
  wrote: 0x99,
  foreground: 0x1c,
  inFront: 0x9c,
} as const

export class AgentAlone implements AsyncDisposable {
  readonly frames: Frame[] = []
  agent!: ChildProcess
  stderr = ''
  readonly #server: net.Server
  readonly #folder: string
  #socket: net.Socket | null = null

  private constructor(server: net.Server, folder: string) {
    this.#server = server
    this.#folder = folder
  }

  static async start(programs: Programs): Promise<AgentAlone> {
    const folder = await mkdtemp(path.join(programs.folder, 'agent-'))
    const server = net.createServer()
    const alone = new AgentAlone(server, folder)
    server.on('connection', (socket) => alone.#accept(socket))
    await new Promise<void>((resolve) => server.listen(path.join(folder, 'port'), resolve))
    alone.agent = spawn(
      programs.agent,
      ['--port', path.join(folder, 'port'), '--home', folder, '--no-clock'],
      {
        stdio: ['ignore', 'inherit', 'pipe'],
        env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' },
      },
    )
    alone.agent.stderr?.on('data', (text) => {
      alone.stderr += text
    })
    await alone.got(legB.ready)
    return alone
  }

  send(type: number, channel: number, payload: Buffer | string = ''): void {
    this.#socket?.write(encodeFrame({ type, channel, payload: Buffer.from(payload) }))
  }

  sendRaw(bytes: Buffer): void {
    this.#socket?.write(bytes)
  }

  hangUp(): void {
    this.#socket?.destroy()
    this.#socket = null
  }

  /** The joined payloads of the frames of one kind. */
  text(type: number, channel: number): string {
    const some = this.frames.filter((frame) => frame.type === type && frame.channel === channel)
    return Buffer.concat(some.map((frame) => frame.payload)).toString('latin1')
  }

  async got(type: number, channel = 0, timeoutMs = 10_000): Promise<Frame> {
    const find = () => this.frames.find((frame) => frame.type === type && frame.channel === channel)
    await until(() => find() !== undefined, timeoutMs)
    return find() as Frame
  }

  connected(): boolean {
    return this.#socket !== null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = new Promise((resolve) => this.agent.once('exit', resolve))
    if (this.agent.exitCode === null && this.agent.kill('SIGTERM')) await gone
    this.#socket?.destroy()
    this.#server.close()
    await rm(this.#folder, { recursive: true, force: true })
    if (/Sanitizer|runtime error/.test(this.stderr)) throw new Error(this.stderr)
  }

  #accept(socket: net.Socket): void {
    const decoder = new FrameDecoder()
    this.#socket = socket
    socket.on('data', (bytes: Buffer) => this.frames.push(...decoder.push(bytes)))
    socket.on('error', () => {})
  }
}

export const size = (cols: number, rows: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt16LE(cols, 0)
  bytes.writeUInt16LE(rows, 2)
  return bytes
}

export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
