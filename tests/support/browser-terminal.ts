/**
 * A terminal as the browser's own session holds it, over a real WebSocket, with a screen of text in place of xterm: what a page does when
 * output jumps, sockets break and machines go back. Knows no browser.
 */
import type { WebSocket } from 'ws'
import { decodeFrame, encodeFrame, type Frame } from '../../app/_ui/terminal/frame.ts'
import type { Link, LinkEvents } from '../../app/_ui/terminal/ports.ts'
import { TerminalSession } from '../../app/_ui/terminal/session.ts'
import { toBrowserSchema } from '../../sandbox/protocol/terminal.ts'
import type { TestService } from './service.ts'
import { openSocket } from './terminal.ts'

export class BrowserTerminal {
  text = ''
  clears = 0
  readonly session: TerminalSession

  constructor(
    service: Pick<TestService, 'url' | 'secret' | 'origin'>,
    sandbox: string,
    { client, terminal = null }: { client: string; terminal?: number | null },
  ) {
    this.session = new TerminalSession({
      client,
      terminal,
      size: { cols: 100, rows: 30 },
      connect: (events) => linkTo(openSocket(service, sandbox), events),
      changed: () => {},
      screen: {
        write: (bytes, done) => {
          this.text += Buffer.from(bytes).toString('latin1')
          done()
        },
        clear: () => {
          this.text = ''
          this.clears++
        },
      },
      clock: {
        after(ms, call) {
          const timer = setTimeout(call, ms)
          return () => clearTimeout(timer)
        },
        jitter: Math.random,
      },
    })
    this.session.open()
  }

  async shows(wanted: string | RegExp, timeoutMs = 30_000): Promise<void> {
    const seen = () => (typeof wanted === 'string' ? this.text.includes(wanted) : wanted.test(this.text))
    await until(
      seen,
      timeoutMs,
      () => `${wanted} is not on the screen: ${JSON.stringify(this.text.slice(-600))}`,
    )
  }

  /** Types a line and waits for what it prints. */
  async run(line: string, wanted: string | RegExp): Promise<void> {
    this.session.type(`${line}\r`)
    await this.shows(wanted)
  }
}

export async function until(
  ready: () => boolean | Promise<boolean>,
  timeoutMs: number,
  what: () => string,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await ready())) {
    if (Date.now() > deadline) throw new Error(what())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function linkTo(opening: Promise<WebSocket>, events: LinkEvents): Link {
  let socket: WebSocket | null = null
  let closed = false
  opening.then(
    (opened) => {
      if (closed) return opened.terminate()
      socket = opened
      opened.on('message', (data: Buffer, isBinary) =>
        isBinary
          ? events.output(decodeFrame(new Uint8Array(data).buffer) as Frame)
          : events.heard(toBrowserSchema.parse(JSON.parse(data.toString()))),
      )
      opened.on('close', (code) => closed || events.lost(code))
      events.opened()
    },
    () => closed || events.lost(0),
  )
  return {
    say: (message) => socket?.send(JSON.stringify(message)),
    send: (frame) => socket?.send(encodeFrame(frame)),
    close() {
      closed = true
      socket?.terminate()
    },
  }
}
