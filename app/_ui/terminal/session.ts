/**
 * One terminal as the browser holds it: attaches, writes output once and in order, keeps input until it has arrived, comes back after a
 * loss. Knows neither React nor WebSocket nor xterm: the link, the screen and the clock are handed in.
 */
import { closeCodes } from '../../../sandbox/protocol/sockets.ts'
import type { Problem } from '../../../sandbox/protocol/status.ts'
import type { ToBrowser } from '../../../sandbox/protocol/terminal.ts'
import type { Frame } from './frame.ts'
import { InputQueue } from './input.ts'
import { OutputCursor } from './output.ts'
import type { LeftBehind, Link, Phase, SessionOptions, SessionState, Size } from './ports.ts'
import { isTerminalReply } from './replies.ts'

const patienceMs = 10_000
/** A link that says nothing for so long is asked whether it lives, and given up when it does not answer. */
const quietMs = 10_000
const answerMs = 4_000
const retryMs = { first: 250, longest: 8000 }
/** A service that restarts may not know its machines at once. */
const unknownSandboxRetries = 6

export class TerminalSession {
  readonly #options: SessionOptions
  readonly #input: InputQueue
  readonly #output = new OutputCursor()
  #state: SessionState
  #size: Size
  #link: Link | null = null
  #cancel: () => void = () => {}
  #stopBeat: () => void = () => {}
  /** Counts screens: a callback of an older one says nothing about this one. */
  #screen = 0
  #attached = false
  #askFromStart = true
  /** Whether the offsets of what is kept are this shell's. */
  #known: boolean
  /** Whether the last attach was one to look: what is typed under another one counts anew. */
  #looked = false
  /** Whether this window answers what a program asks of its terminal. */
  #replies = false
  /** The shell's return to a moment, see the protocol; null before any page of this client has known one. */
  #epoch: number | null

  constructor(options: SessionOptions) {
    this.#options = options
    this.#input = new InputQueue(options.kept)
    this.#known = Boolean(options.kept)
    this.#epoch = options.kept?.epoch ?? null
    this.#size = options.size
    this.#state = {
      phase: 'connecting',
      terminal: options.terminal,
      generation: options.generation ?? null,
      losses: 0,
      problem: null,
      exitStatus: null,
      mode: null,
      size: null,
    }
  }

  get state(): SessionState {
    return this.#state
  }

  /** Opens the link now; also ends a wait. */
  open(): void {
    this.#drop()
    this.#become({ phase: 'connecting' })
    const mine = () => this.#link === link
    const link: Link = this.#options.connect({
      opened: () => mine() && this.#attach(),
      heard: (message) => mine() && this.#heard(message),
      output: (frame) => mine() && this.#received(frame),
      lost: (code, problem) => mine() && this.#lost(code, problem),
    })
    this.#link = link
    this.#cancel = this.#options.clock.after(patienceMs, () => mine() && this.#lost(0))
  }

  /** What may be typed here has changed: asks anew, and keeps what is typed until it is told. */
  renew(): void {
    this.#become({ mode: null })
    this.open()
  }

  /** Leaves for good; the shell goes on. */
  stop(): void {
    this.#drop()
    this.#screen++
  }

  /** Asks whether the link lives: one that was lost while the laptop slept does not say so by itself. */
  probe(): void {
    if (!this.#attached) return
    this.#link?.say({ type: 'ping' })
    this.#stopBeat()
    this.#stopBeat = this.#options.clock.after(answerMs, () => this.#lost(0))
  }

  /** True while the screen repeats what was there before. */
  get replaying(): boolean {
    return this.#output.replaying
  }

  /** What was typed and has not arrived: the next page of this client goes on with it. */
  get kept(): LeftBehind {
    return { ...this.#input.kept, epoch: this.#epoch }
  }

  /** From the keyboard, a paste, or the terminal itself. False when nothing could be taken. */
  type(data: string | Uint8Array): boolean {
    const { phase, mode } = this.#state
    if (phase === 'closed' || phase === 'ended' || mode === 'look') return false
    const isUnasked = this.#output.replaying || (this.#attached && !this.#replies)
    if (isUnasked && typeof data === 'string' && isTerminalReply(data)) return true
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    const taken = this.#input.push(bytes)
    this.#flush()
    return taken
  }

  resize(cols: number, rows: number): void {
    if (cols === this.#size.cols && rows === this.#size.rows) return
    this.#size = { cols, rows }
    if (this.#attached) this.#link?.say({ type: 'resize', cols, rows })
  }

  #attach(): void {
    this.#link?.say({
      type: 'attach',
      terminal: this.#state.terminal,
      client: this.#options.client,
      from: this.#askFromStart ? 'start' : this.#output.received,
      ...this.#size,
      generation: this.#state.generation,
    })
  }

  #heard(message: ToBrowser): void {
    this.#beat()
    if (message.type === 'attached') this.#welcome(message)
    else if (message.type === 'typed') {
      this.#input.typed(message.offset)
      this.#flush()
    } else if (message.type === 'closed') {
      this.#drop()
      this.#become({ phase: 'closed', exitStatus: message.status, problem: null })
    } else if (message.type === 'replies') this.#replies = message.here
    else if (message.type === 'size') this.#become({ size: { cols: message.cols, rows: message.rows } })
    else if (message.type === 'notice') this.#become({ problem: message.problem })
  }

  /** Something was heard: the link lives. */
  #beat(): void {
    this.#stopBeat()
    if (this.#attached) this.#stopBeat = this.#options.clock.after(quietMs, () => this.probe())
  }

  #welcome(message: Extract<ToBrowser, { type: 'attached' }>): void {
    const { start, end, typed, fresh, terminal, generation, mode, cols, rows, epoch, replies } = message
    const received = this.#output.received
    const otherMachine = this.#state.generation !== null && this.#state.generation !== generation
    const otherShell = fresh || otherMachine
    // The same shell as it was before: its old output is drawn again, and what was typed since is not for it.
    const rewound = !otherShell && this.#epoch !== null && this.#epoch !== epoch
    this.#epoch = epoch
    if (otherShell || rewound || this.#askFromStart || received < start || received > end) {
      this.#clear()
      this.#output.restart(start, otherShell ? start : end)
    } else this.#output.resume()
    const foreign = (otherShell || rewound) && this.#known
    if (foreign || mode === 'look') this.#input.discard()
    if (foreign || mode === 'look' || this.#looked || !this.#known) this.#input.adopt(typed)
    else this.#input.resume(typed)
    this.#looked = mode === 'look'
    this.#known = true
    this.#replies = replies
    this.#askFromStart = false
    this.#attached = true
    this.#cancel()
    const well = { phase: 'live', losses: 0, problem: null, exitStatus: null } as const
    this.#become({ ...well, terminal, generation, mode, size: { cols, rows } })
    this.#beat()
    this.#flush()
  }

  #received(frame: Frame): void {
    if (!this.#attached) return
    this.#beat()
    const accepted = this.#output.accept(frame.offset, frame.bytes)
    if (accepted.kind === 'old') return
    if (accepted.kind === 'gap') {
      this.#askFromStart = true
      this.open()
      return
    }
    const screen = this.#screen
    this.#options.screen.write(accepted.bytes, () => {
      if (screen !== this.#screen) return
      const ack = this.#output.wrote(accepted.bytes.length)
      if (ack !== null && this.#attached) this.#link?.say({ type: 'ack', offset: ack })
    })
  }

  #lost(code: number, problem?: Problem): void {
    this.#drop()
    const losses = this.#state.losses + 1
    const final = finalPhase(code, losses)
    this.#become({ phase: final ?? 'waiting', losses, problem: problem ?? this.#state.problem })
    if (final) return
    if (code === closeCodes.again && losses === 1) {
      this.renew()
      return
    }
    const ms = Math.min(retryMs.longest, retryMs.first * 2 ** Math.min(losses - 1, 10))
    this.#cancel = this.#options.clock.after(ms * (0.5 + this.#options.clock.jitter() / 2), () => this.open())
  }

  #flush(): void {
    if (!this.#attached) return
    for (let frame = this.#input.next(); frame; frame = this.#input.next()) this.#link?.send(frame)
  }

  #clear(): void {
    this.#screen++
    this.#options.screen.clear()
  }

  #drop(): void {
    this.#cancel()
    this.#cancel = () => {}
    this.#stopBeat()
    const link = this.#link
    this.#link = null
    this.#attached = false
    link?.close()
  }

  #become(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change }
    this.#options.changed(this.#state)
  }
}

function finalPhase(code: number, losses: number): Phase | null {
  if (code === closeCodes.ended) return 'ended'
  if (code === closeCodes.noTerminal) return 'closed'
  if (code === closeCodes.badOrigin || code === closeCodes.badMessage) return 'refused'
  if (code === closeCodes.noSandbox && losses > unknownSandboxRetries) return 'refused'
  return null
}
