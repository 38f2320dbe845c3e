/**
 * A browser's page without the browser: the page's own session (app/_ui/terminal) over a real WebSocket, with a screen that is the bytes it was
 * given. For tests only.
 */
import WebSocket from 'ws'
import { decodeFrame, encodeFrame } from '../../app/_ui/terminal/frame.ts'
import type { LeftBehind, Link, LinkEvents, SessionState } from '../../app/_ui/terminal/ports.ts'
import { TerminalSession } from '../../app/_ui/terminal/session.ts'
import { until } from '../image/test/harness.fixture.ts'
import { closeCodes } from '../protocol/sockets.ts'
import { toBrowserSchema } from '../protocol/terminal.ts'
import type { TerminalMode, TicketClaims } from '../protocol/tickets.ts'
import { signTicket } from '../tickets.ts'
import type { Visitor } from './visits.ts'

export interface PageOptions {
  service: { secret: string; origin: string; sandbox: string; owner: string }
  /** Where the service is reached: its own port, or that of a wire. */
  port: number
  client: string
  terminal?: number | null
  generation?: number | null
  kept?: LeftBehind | null
  size?: { cols: number; rows: number }
  mode?: TerminalMode
  /** Whose page it is, when it is not the owner's. */
  visitor?: Visitor
  /** Does not draw, and so does not acknowledge. */
  slow?: boolean
}

export class Page {
  readonly session: TerminalSession
  readonly options: PageOptions
  #parts: Buffer[] = []
  /** How often the screen was emptied to be drawn anew. */
  clears = 0
  #waiting: (() => void)[] = []

  private constructor(options: PageOptions) {
    this.options = options
    const { client, terminal = null, generation, kept, size = { cols: 100, rows: 30 } } = options
    this.session = new TerminalSession({
      ...{ client, terminal, generation, kept, size },
      connect: (events) => connect(options, events),
      screen: {
        write: (bytes, done) => {
          this.#parts.push(Buffer.from(bytes))
          if (options.slow) this.#waiting.push(done)
          else setImmediate(done)
        },
        clear: () => {
          this.#parts = []
          this.clears++
        },
      },
      clock: {
        // Tests have no time for the longest waits.
        after: (ms, call) => {
          const timer = setTimeout(call, Math.min(ms, ms === 8000 ? 500 : ms))
          return () => clearTimeout(timer)
        },
        jitter: Math.random,
      },
      changed: () => {},
    })
  }

  static async open(options: PageOptions): Promise<Page> {
    const page = new Page(options)
    page.session.open()
    await until(() => page.state.phase === 'live' || page.state.phase === 'closed')
    return page
  }

  /** The page is loaded again: its screen is gone, what it had typed is not. */
  async reload(): Promise<Page> {
    const { kept } = this.session
    const { terminal, generation } = this.state
    this.leave()
    return Page.open({ ...this.options, terminal, generation, kept: { ...kept, bytes: kept.bytes.slice() } })
  }

  get state(): SessionState {
    return this.session.state
  }

  get terminal(): number {
    return this.state.terminal ?? 0
  }

  get bytes(): Buffer {
    const all = Buffer.concat(this.#parts)
    this.#parts = [all]
    return all
  }

  get length(): number {
    return this.#parts.reduce((sum, { length }) => sum + length, 0)
  }

  get text(): string {
    return this.bytes.toString('latin1')
  }

  draw(): void {
    for (const done of this.#waiting.splice(0)) done()
  }

  async shows(wanted: RegExp, timeoutMs = 15_000): Promise<void> {
    await until(() => wanted.test(this.text), timeoutMs).catch(() => {
      throw new Error(`${wanted} is not on the screen:\n${this.text.slice(-1500)}`)
    })
  }

  leave(): void {
    this.session.stop()
  }
}

export function guestClaims(
  { person, ...guest }: Visitor,
  sandbox: string,
  aud: 'terminal' | 'watch',
): TicketClaims {
  return { aud, sub: person, sandbox, mode: 'look', guest }
}

function connect({ service, port, mode = 'type', visitor }: PageOptions, events: LinkEvents): Link {
  let over = false
  let socket: WebSocket | null = null
  const lose = (code: number): void => {
    if (over) return
    over = true
    socket?.terminate()
    events.lost(code)
  }
  const { secret, origin, sandbox, owner } = service
  const claims = visitor
    ? guestClaims(visitor, sandbox, 'terminal')
    : ({ aud: 'terminal', sub: owner, sandbox, mode } as const)
  signTicket(claims, secret).then((ticket) => {
    if (over) return
    socket = new WebSocket(`ws://127.0.0.1:${port}/ws/terminal?ticket=${ticket}`, { headers: { origin } })
    socket.binaryType = 'arraybuffer'
    socket.on('open', () => over || events.opened())
    socket.on('error', () => lose(closeCodes.unavailable))
    socket.on('close', (code) => lose(code))
    socket.on('message', (data: ArrayBuffer | Buffer, isBinary) => {
      if (over) return
      if (!isBinary) return events.heard(toBrowserSchema.parse(JSON.parse(String(data))))
      const frame = decodeFrame(data as ArrayBuffer)
      if (frame) events.output(frame)
    })
  })
  const send = (data: string | Uint8Array): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(data)
  }
  return {
    say: (message) => send(JSON.stringify(message)),
    send: (frame) => send(encodeFrame(frame)),
    close() {
      over = true
      socket?.close()
    },
  }
}
