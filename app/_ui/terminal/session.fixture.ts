/**
 * A terminal session on a bench: links that are opened, fed and cut by hand, a screen that keeps what it was given, a clock that is turned.
 * For tests only.
 */
import type { FromBrowser } from '../../../sandbox/protocol/terminal.ts'
import type { TerminalMode } from '../../../sandbox/protocol/tickets.ts'
import type { Frame } from './frame.ts'
import type { LeftBehind, LinkEvents, SessionState } from './ports.ts'
import { TerminalSession } from './session.ts'

export class BenchLink {
  said: FromBrowser[] = []
  frames: Frame[] = []
  closed = false
  constructor(readonly events: LinkEvents) {}
  say(message: FromBrowser) {
    this.said.push(message)
  }
  send(frame: Frame) {
    this.frames.push({ offset: frame.offset, bytes: frame.bytes.slice() })
  }
  close() {
    this.closed = true
  }
  /** What was typed over this link, as text. */
  get typed(): string {
    return this.frames.map((frame) => new TextDecoder().decode(frame.bytes)).join('')
  }
  attached(
    answer: Partial<{
      terminal: number
      generation: number
      start: number
      end: number
      typed: number
      fresh: boolean
      epoch: number
      mode: TerminalMode
      replies: boolean
    }> = {},
  ) {
    this.events.opened()
    this.events.heard({
      type: 'attached',
      terminal: 1,
      generation: 0,
      start: 0,
      end: 0,
      typed: 0,
      fresh: false,
      epoch: 0,
      mode: 'type',
      cols: 80,
      rows: 24,
      replies: true,
      ...answer,
    })
  }
  output(offset: number, text: string | Uint8Array) {
    this.events.output({ offset, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text })
  }
}

export function bench(
  options: { terminal?: number | null; slowScreen?: boolean; kept?: LeftBehind; generation?: number } = {},
) {
  const links: BenchLink[] = []
  const states: SessionState[] = []
  const timers: { ms: number; call: () => void; live: boolean }[] = []
  const waiting: (() => void)[] = []
  const it = {
    links,
    states,
    text: '',
    clears: 0,
    get link(): BenchLink {
      const last = links.at(-1)
      if (!last) throw new Error('no link yet')
      return last
    },
    get state() {
      return session.state
    },
    /** Runs the timer that was set last and is still live. */
    wait(): number {
      const timer = timers.findLast((candidate) => candidate.live)
      if (!timer) throw new Error('nothing is waited for')
      timer.live = false
      timer.call()
      return timer.ms
    },
    /** The slow screen catches up. */
    draw() {
      for (const done of waiting.splice(0)) done()
    },
  }
  const session = new TerminalSession({
    client: 'bench',
    terminal: options.terminal ?? null,
    generation: options.generation,
    kept: options.kept,
    size: { cols: 80, rows: 24 },
    changed: (state) => states.push(state),
    connect(events) {
      links.push(new BenchLink(events))
      return it.link
    },
    screen: {
      write(bytes, done) {
        it.text += new TextDecoder().decode(bytes)
        if (options.slowScreen) waiting.push(done)
        else done()
      },
      clear() {
        it.text = ''
        it.clears++
      },
    },
    clock: {
      after(ms, call) {
        const timer = { ms, call, live: true }
        timers.push(timer)
        return () => {
          timer.live = false
        }
      },
      jitter: () => 1,
    },
  })
  session.open()
  return Object.assign(it, { session })
}
