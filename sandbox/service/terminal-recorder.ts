/**
 * Joins a terminal to its recording: a subscription of its own that the shell never waits for, over all the returns of the machine to a moment.
 * Knows no viewer.
 */
import type { Size } from '../asciicast.ts'
import type { Hello, Link, Subscription } from '../link.ts'
import type { Recording } from './recording.ts'
import type { Recorder } from './recordings.ts'

type State = Hello['terminals'][number]

export interface TerminalRecorderOptions {
  link: Link
  slot: number
  state: State
  recorder: Recorder
  title: string
  /** Whoever had this recording before must have let go of it. */
  after: Promise<unknown>
  log(line: string): void
}

/** So much may wait to be written; what is beyond waits in the world's ring. */
const windowBytes = 256 * 1024

export class TerminalRecorder {
  readonly #options: TerminalRecorderOptions
  #epoch: number
  /** Counts the returns: what an older one has begun is not gone on with. */
  #round = 0
  #begun: Promise<void>
  #closing: Promise<unknown>
  #recording: Recording | null = null
  #subscription: Subscription | null = null
  /** What happens before the file is open, in order; null once there is nothing to record any more. */
  #early: ((recording: Recording) => void)[] | null = []

  constructor(options: TerminalRecorderOptions) {
    this.#options = options
    this.#epoch = options.state.epoch
    this.#closing = options.after
    this.#begun = this.#begin(options.state, 0)
  }

  resize(size: Size): void {
    this.#do((recording) => recording.resize(size))
  }

  mark(label: string): void {
    this.#do((recording) => recording.mark(label))
  }

  /** The machine has just gone back to a moment: nothing is taken before `goOn` tells how the terminal is now. */
  rewound(): void {
    this.#round++
    this.#let((recording) => recording.close())
    this.#early = []
  }

  /** With the output of the moment that the machine has gone back to, when it is another one than was known. */
  goOn(state: State): void {
    if (state.epoch === this.#epoch) return
    const early = this.#early ?? []
    this.rewound()
    this.#early = early
    this.#epoch = state.epoch
    const round = this.#round
    this.#begun = this.#begun.then(() => this.#begin(state, round))
  }

  /** Writes what has come so far and lets go. */
  async leave(): Promise<void> {
    await this.#begun
    this.#finish((recording) => recording.close())
    await this.#closing
  }

  #do(work: (recording: Recording) => void): void {
    if (this.#recording) work(this.#recording)
    else this.#early?.push(work)
  }

  async #begin(state: State, round: number): Promise<void> {
    try {
      await this.#closing
      if (round === this.#round) await this.#record(state, round)
    } catch (error) {
      this.#options.log(`recording ${this.#options.title}: ${String(error)}`)
    }
  }

  async #record(state: State, round: number): Promise<void> {
    const { link, slot, recorder, title, log } = this.#options
    const recording = await recorder.open(state.serial, {
      title,
      size: state,
      onWritten: (offset) => this.#subscription?.ack(offset),
      onStopped: (reason) => {
        if (reason) log(`recording ${title}: ${String(reason)}`)
        if (round === this.#round) this.#finish((one) => one.close())
      },
    })
    if (round !== this.#round) return recording?.close()
    this.#recording = recording
    if (!recording) {
      this.#early = null
      return
    }
    recording.returned(state.epoch, state.start)
    // What was resized while nobody recorded.
    recording.resize(state)
    for (const work of this.#early?.splice(0) ?? []) work(recording)
    if (recording.stopped) return this.#finish((one) => one.close())
    await this.#subscribe(link, slot, state, recording)
  }

  async #subscribe(link: Link, slot: number, state: State, recording: Recording): Promise<void> {
    const isMine = (): boolean => this.#recording === recording
    const end = (status: number): void => {
      if (isMine()) this.#finish((one) => one.end(status))
    }
    const endIfOver = (): void => {
      if (!state.alive && recording.offset >= state.end) end(state.status)
    }
    const subscription = await link.subscribe({
      terminal: slot,
      from: recording.offset,
      windowBytes,
      setsPace: false,
      onOutput: (offset, bytes) => {
        if (!isMine()) return
        recording.output(offset, bytes)
        endIfOver()
      },
      onClosed: end,
      onLost: () => {
        if (isMine()) this.#finish((one) => one.close())
      },
    })
    if (!isMine()) return subscription.leave()
    this.#subscription = subscription
    endIfOver()
  }

  /** Nothing more is recorded, unless the machine goes back. */
  #finish(how: (recording: Recording) => Promise<void>): void {
    this.#early = null
    this.#let(how)
  }

  #let(how: (recording: Recording) => Promise<void>): void {
    const recording = this.#recording
    this.#recording = null
    this.#subscription?.leave()
    this.#subscription = null
    if (!recording) return
    const { title, log } = this.#options
    this.#closing = how(recording).catch((error) => log(`recording ${title}: ${String(error)}`))
  }
}
