/**
 * A browser's terminal without the browser: a real WebSocket that speaks sandbox/protocol/, checks that no output byte is lost or
 * doubled, and resends what was typed after a reconnect. Knows no xterm.
 */
import WebSocket from 'ws'
import { offsetBytes, type ToBrowser, toBrowserSchema } from '../../sandbox/protocol/terminal.ts'
import type { TerminalMode } from '../../sandbox/protocol/tickets.ts'
import { signTicket } from '../../sandbox/tickets.ts'
import type { TestService } from './service.ts'

type Service = Pick<TestService, 'url' | 'secret' | 'origin'>

export interface OpenOptions {
  terminal?: number | null
  client?: string
  from?: number | 'start'
  generation?: number | null
  owner?: string
  origin?: string
  ticket?: string
  /** Whether somebody sees the page; they do when not told. */
  seen?: boolean
  /** What the ticket lets its bearer do. */
  mode?: TerminalMode
  /** Hears every message. Who listens only when the socket is open misses what came with the answer to its opening. */
  hear?: (data: Buffer, isBinary: boolean) => void
}

/** The raw socket to a channel of a sandbox, with a valid ticket unless told otherwise. */
export async function openSocket(
  service: Service,
  sandbox: string,
  channel: 'terminal' | 'watch' = 'terminal',
  { owner = 'ada', origin = service.origin, ticket, seen = true, mode = 'type', hear }: OpenOptions = {},
): Promise<WebSocket> {
  const claims = { aud: channel, sub: owner, sandbox, mode } as const
  const valid = ticket ?? (await signTicket(claims, service.secret))
  const url = `${service.url.replace('http', 'ws')}/ws/${channel}?ticket=${valid}${seen ? '' : '&look=0'}`
  const socket = new WebSocket(url, { headers: { origin } })
  socket.binaryType = 'nodebuffer'
  if (hear) socket.on('message', hear)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

/** The code a socket is closed with. */
export const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', (code) => resolve(code)))

export class TestTerminal {
  socket!: WebSocket
  terminal: number | null
  generation: number | null
  /** All output so far, and the offset it began at. */
  screen = ''
  received = 0
  typed = 0
  fresh = false
  messages: ToBrowser[] = []
  #sent = Buffer.alloc(0)
  #acked = 0
  #service: Service
  #sandbox: string
  #options: OpenOptions

  private constructor(service: Service, sandbox: string, options: OpenOptions) {
    this.#service = service
    this.#sandbox = sandbox
    this.#options = options
    this.terminal = options.terminal ?? null
    this.generation = options.generation ?? null
  }

  static async open(service: Service, sandbox: string, options: OpenOptions = {}): Promise<TestTerminal> {
    const terminal = new TestTerminal(service, sandbox, options)
    await terminal.attach(options.from ?? 'start')
    return terminal
  }

  /** Connects (again) and asks for the output from an offset on. */
  async attach(from: number | 'start' = this.received): Promise<void> {
    this.messages = []
    const hear = (data: Buffer, isBinary: boolean) => (isBinary ? this.#output(data) : this.#hear(data))
    this.socket = await openSocket(this.#service, this.#sandbox, 'terminal', { ...this.#options, hear })
    const { terminal, generation } = this
    const client = this.#options.client ?? 'test-client'
    this.socket.send(
      JSON.stringify({ type: 'attach', terminal, client, from, cols: 100, rows: 30, generation }),
    )
    await this.until(() => this.messages.some((message) => message.type === 'attached'))
  }

  type(text: string): void {
    const offset = this.#sent.length
    this.#sent = Buffer.concat([this.#sent, Buffer.from(text)])
    if (this.socket.readyState === WebSocket.OPEN) this.#send(offset)
  }

  /** Waits until the screen's text fulfils the condition. */
  async until(condition: (screen: string) => boolean, timeoutMs = 20_000): Promise<void> {
    const deadline = Date.now() + timeoutMs
    while (!condition(this.screen)) {
      if (Date.now() > deadline)
        throw new Error(`not on the screen in time; it ends with: ${JSON.stringify(this.screen.slice(-600))}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  close(): void {
    this.socket.terminate()
    this.messages = []
  }

  #hear(data: Buffer): void {
    const message = toBrowserSchema.parse(JSON.parse(data.toString()))
    this.messages.push(message)
    if (message.type === 'typed') this.typed = message.offset
    if (message.type !== 'attached') return
    this.terminal = message.terminal
    this.generation = message.generation
    this.fresh = message.fresh
    if (message.fresh) {
      this.received = message.start
      this.#sent = Buffer.alloc(0)
    } else if (message.typed < this.#sent.length) this.#send(message.typed)
  }

  #output(data: Buffer): void {
    const offset = Number(data.readBigUInt64LE(0))
    if (this.screen !== '' && offset !== this.received)
      throw new Error(`output jumps from ${this.received} to ${offset}`)
    const bytes = data.subarray(offsetBytes)
    this.received = offset + bytes.length
    this.screen += bytes.toString('latin1')
    if (this.received - this.#acked < 65_536) return
    this.#acked = this.received
    this.socket.send(JSON.stringify({ type: 'ack', offset: this.received }))
  }

  #send(offset: number): void {
    const message = Buffer.alloc(offsetBytes)
    message.writeBigUInt64LE(BigInt(offset))
    this.socket.send(Buffer.concat([message, this.#sent.subarray(offset)]))
  }
}
