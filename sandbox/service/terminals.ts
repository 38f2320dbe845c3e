/**
 * The shells of one machine: which there are, what they are called, who looks at them at which size, and their recordings. What must outlive
 * this process lies in the world: shells and sizes by themselves, names as a memo. Knows no WebSocket and no HTTP.
 */
import { z } from 'zod'
import type { Size } from '../asciicast.ts'
import type { Hello, Link } from '../link.ts'
import type { ClosedTerminal } from '../protocol/requests.ts'
import { longestTerminalName, mostTerminals, type TerminalInfo } from '../protocol/watch.ts'
import { Refusal } from './problems.ts'
import type { Recorder } from './recordings.ts'
import { SharedSize } from './shared-size.ts'
import { TerminalRecorder } from './terminal-recorder.ts'

/** Someone at a terminal. `client` null: one who only looks. A guest, of whom there may be many, takes nobody's place and sets no size. */
export interface TerminalViewer {
  client: string | null
  guest?: boolean
  resized(size: Size): void
  /** Whether it answers what a program asks of its terminal, from now on. */
  replies(here: boolean): unknown
}

/** A shell as the service knows it. `slot` is the world's number for it, `terminal` everybody's. */
export interface OpenTerminal {
  terminal: number
  slot: number
  state: Hello['terminals'][number]
}

export interface TerminalsOptions {
  link: Link
  /** Null: nothing is recorded. */
  recorder: Recorder | null
  /** What the recordings are called. */
  title: string
  /** Whoever had these shells before must have let go of their recordings. */
  after: Promise<unknown>
  changed(): void
  log(line: string): void
}

interface Shared {
  size: SharedSize<TerminalViewer>
  /** Who was told last to answer. */
  replying: TerminalViewer | null
  viewers: Set<TerminalViewer>
}

/** More looks at one terminal than anybody needs; the world has channels for these and the recordings. */
const mostViewers = 12
/** Of shells that were closed. */
const mostNamesOfGone = 64
const namesMemo = 'terminal-names'
const namesSchema = z.record(z.string().regex(/^\d+$/), z.string().min(1).max(longestTerminalName)).catch({})

export class Terminals {
  readonly #options: TerminalsOptions
  #known = new Map<number, OpenTerminal>()
  #names: Record<string, string> = {}
  readonly #shared = new Map<number, Shared>()
  readonly #recorders = new Map<number, TerminalRecorder>()
  #asking: Promise<void>
  #again = false
  /** Those of shells that are gone, which may come back. */
  #leaving: Promise<unknown> = Promise.resolve()
  #left = false
  readonly #stopHearing: () => void

  constructor(options: TerminalsOptions) {
    this.#options = options
    this.#stopHearing = options.link.onEvent(({ name }) => {
      if (name === 'rewound') for (const recorder of this.#recorders.values()) recorder.rewound()
      if (name === 'terminal-closed' || name === 'rewound') void this.refresh()
    })
    this.#asking = this.#begin()
  }

  list(): TerminalInfo[] {
    return [...this.#known.values()].map(({ terminal, state: { alive, status } }) => ({
      terminal,
      name: this.#names[terminal] ?? null,
      state: alive ? 'open' : 'ended',
      status: alive ? null : status,
    }))
  }

  /** Looks again at what there is. Whoever asks while that is going on waits for the next look, which sees what they did. */
  refresh(): Promise<void> {
    if (this.#again) return this.#asking
    this.#again = true
    this.#asking = this.#asking.then(() => {
      this.#again = false
      return this.#look()
    })
    return this.#asking
  }

  /** The shell of this number; null when it is gone. */
  async find(terminal: number): Promise<OpenTerminal | null> {
    await this.refresh()
    return this.#known.get(terminal) ?? null
  }

  /** The one that the world calls so. */
  async inSlot(slot: number): Promise<OpenTerminal | null> {
    await this.refresh()
    return [...this.#known.values()].find((one) => one.slot === slot) ?? null
  }

  /** Any that is open, the oldest first. */
  async first(): Promise<OpenTerminal | null> {
    await this.refresh()
    return [...this.#known.values()].find(({ state }) => state.alive) ?? null
  }

  /** @throws Refusal when there are too many */
  async open(size: Size): Promise<OpenTerminal> {
    await this.refresh()
    if ([...this.#known.values()].filter(({ state }) => state.alive).length >= mostTerminals)
      throw new Refusal(409, {
        code: 'too-many-terminals',
        message: `There are ${mostTerminals} shells already; a machine has no more.`,
        remedy: 'Close one of them first.',
      })
    const slot = await this.#options.link.openTerminal(size)
    const opened = await this.inSlot(slot)
    if (!opened) throw noSuchTerminal()
    return opened
  }

  /** Ends a shell, or takes away what is left of it. One that runs something only when forced. @throws Refusal when it is gone */
  async close(terminal: number, force: boolean): Promise<ClosedTerminal> {
    const { link } = this.#options
    const { slot, state } = await this.#need(terminal)
    if (state.alive && !force) {
      // A guest that does not say may run anything.
      const front = await link.foreground(slot).catch(() => ({ busy: true, program: '' }))
      if (front.busy) return { closed: false, program: front.program }
    }
    await link.closeTerminal(slot)
    await this.refresh()
    return { closed: true, program: '' }
  }

  /** @throws Refusal when it is gone */
  async rename(terminal: number, name: string): Promise<void> {
    await this.#need(terminal)
    const clean = cleanName(name)
    const { [terminal]: _, ...others } = this.#names
    this.#names = clean === '' ? others : { ...others, [terminal]: clean }
    await this.#rememberNames()
    this.#options.changed()
  }

  /** Someone comes to a terminal with a window of this size. @throws Refusal when too many are there */
  attach({ terminal, state }: OpenTerminal, viewer: TerminalViewer, window: Size): Size {
    const shared = this.#sharedOf(terminal, state)
    const own = [...shared.viewers].filter(({ guest }) => !guest).length
    if (!viewer.guest && own >= mostViewers)
      throw new Refusal(409, {
        code: 'too-many-viewers',
        message: `${mostViewers} windows show this shell already.`,
        remedy: 'Close it in another window or tab.',
      })
    const former = [...shared.viewers].find(({ client }) => client !== null && client === viewer.client)
    shared.viewers.add(viewer)
    if (viewer.client !== null)
      this.#settle(terminal, shared, shared.size.attach(viewer, window, former ?? null))
    return shared.size.size
  }

  /** Whether this one answers what a program asks of its terminal: of several that of whoever typed last. */
  replies(terminal: number, viewer: TerminalViewer): boolean {
    return this.#shared.get(terminal)?.replying === viewer
  }

  resize(terminal: number, viewer: TerminalViewer, window: Size): void {
    const shared = this.#shared.get(terminal)
    if (!shared) return
    const size = shared.size.resize(viewer, window)
    // A window that does not set the size is told which one holds.
    if (size) this.#settle(terminal, shared, size)
    else viewer.resized(shared.size.size)
  }

  typed(terminal: number, viewer: TerminalViewer): void {
    const shared = this.#shared.get(terminal)
    if (shared) this.#settle(terminal, shared, shared.size.typed(viewer))
  }

  leave(terminal: number, viewer: TerminalViewer): void {
    const shared = this.#shared.get(terminal)
    if (!shared) return
    shared.viewers.delete(viewer)
    this.#settle(terminal, shared, shared.size.leave(viewer))
  }

  /** A moment that is worth finding again in the recordings. */
  mark(label: string): void {
    for (const recorder of this.#recorders.values()) recorder.mark(label)
  }

  /** The machine is handed over, reset or ended. What is recorded is on the disk when this is done. */
  async letGo(): Promise<void> {
    this.#left = true
    this.#stopHearing()
    await this.#asking
    this.#known.clear()
    await Promise.all([this.#leaving, ...[...this.#recorders.values()].map((recorder) => recorder.leave())])
  }

  async #begin(): Promise<void> {
    await this.#options.after
    const remembered = await this.#options.link.memoGet(namesMemo).catch(() => null)
    this.#names = namesSchema.parse(readJson(remembered))
    await this.#look()
  }

  /** A link that is gone is not our affair: whoever holds it will make another one of us. */
  async #look(): Promise<void> {
    const hello = await this.#options.link.hello().catch(() => null)
    if (!hello || this.#left) return
    await this.#take(hello).catch((error) => this.#options.log(`terminals: ${String(error)}`))
  }

  async #take(hello: Hello): Promise<void> {
    const before = JSON.stringify(this.list())
    const known = this.#known
    this.#known = new Map(
      hello.terminals
        .toSorted((a, b) => a.serial - b.serial)
        .map((state) => [state.serial, { terminal: state.serial, slot: state.id, state }]),
    )
    for (const terminal of this.#shared.keys()) if (!this.#known.has(terminal)) this.#shared.delete(terminal)
    this.#record()
    for (const { terminal, state } of this.#known.values())
      if (state.epoch !== known.get(terminal)?.state.epoch) this.#sizeAnew(terminal)
    if (JSON.stringify(this.list()) !== before) this.#options.changed()
    await this.#forgetNames()
  }

  /** A shell that is gone may come back with a moment of the machine, under the name that it had. */
  async #forgetNames(): Promise<void> {
    const gone = Object.keys(this.#names)
      .map(Number)
      .filter((terminal) => !this.#known.has(terminal))
      .sort((a, b) => b - a)
      .slice(mostNamesOfGone)
    if (gone.length === 0) return
    this.#names = Object.fromEntries(
      Object.entries(this.#names).filter(([terminal]) => !gone.includes(Number(terminal))),
    )
    await this.#rememberNames()
  }

  /** The guest has the size of the moment that it went back to, the windows have theirs. */
  #sizeAnew(terminal: number): void {
    const shared = this.#shared.get(terminal)
    if (!shared) return
    if (shared.viewers.size === 0) this.#shared.delete(terminal)
    else this.#settle(terminal, shared, shared.size.size)
  }

  #rememberNames(): Promise<void> {
    return this.#options.link.memoSet(namesMemo, JSON.stringify(this.#names))
  }

  #record(): void {
    const { recorder, link, title, log } = this.#options
    if (!recorder) return
    for (const [terminal, one] of this.#recorders) {
      if (this.#known.has(terminal)) continue
      this.#recorders.delete(terminal)
      this.#leaving = Promise.all([this.#leaving, one.leave()])
    }
    for (const { terminal, slot, state } of this.#known.values()) {
      const known = this.#recorders.get(terminal)
      known?.goOn(state)
      if (known) continue
      const options = { link, slot, state, recorder, title: `${title}, shell ${terminal}`, log }
      this.#recorders.set(terminal, new TerminalRecorder({ ...options, after: this.#leaving }))
    }
  }

  async #need(terminal: number): Promise<OpenTerminal> {
    const found = await this.find(terminal)
    if (!found) throw noSuchTerminal()
    return found
  }

  #sharedOf(terminal: number, { cols, rows }: Size): Shared {
    const known = this.#shared.get(terminal)
    if (known) return known
    const shared: Shared = { size: new SharedSize({ cols, rows }), replying: null, viewers: new Set() }
    this.#shared.set(terminal, shared)
    return shared
  }

  #settle(terminal: number, shared: Shared, size: Size | null): void {
    const { viewers, replying } = shared
    const { holder } = shared.size
    if (holder !== replying) {
      shared.replying = holder
      if (replying && viewers.has(replying)) replying.replies(false)
      holder?.replies(true)
    }
    const slot = this.#known.get(terminal)?.slot
    if (!size || slot === undefined) return
    // A terminal that is gone needs no size; a link that is gone tells its viewers by itself.
    this.#options.link.resizeTerminal(slot, size).catch(() => {})
    this.#recorders.get(terminal)?.resize(size)
    for (const viewer of viewers) viewer.resized(size)
  }
}

export const noSuchTerminal = (): Refusal =>
  new Refusal(404, {
    code: 'no-terminal',
    message: 'This shell is gone: it was closed, here or in another window.',
    remedy: 'Open a new one.',
  })

/** One line that cannot move a cursor or turn the direction of writing. */
function cleanName(name: string): string {
  const plain = name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').replaceAll(/\s+/g, ' ')
  return [...plain.trim()].slice(0, longestTerminalName).join('').trim()
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
}
