/**
 * Joins a terminal to its recording: a subscription of its own that the shell never waits for. Knows no viewer.
 */
import type { Size } from '../asciicast.ts'
import type { Hello, Link, Subscription } from '../link.ts'
import type { Recording } from './recording.ts'
import type { Recorder } from './recordings.ts'

export interface TerminalRecorderOptions {
  link: Link
  slot: number
  state: Hello['terminals'][number]
  recorder: Recorder
  title: string
  log(line: string): void
}

/** So much may wait to be written; what is beyond waits in the world's ring. */
const windowBytes = 256 * 1024

export class TerminalRecorder {
  readonly #options: TerminalRecorderOptions
  readonly #begun: Promise<void>
  #recording: Recording | null = null
  #subscription: Subscription | null = null
  /** What happens before the file is open, in order. */
  #early: ((recording: Recording) => void)[] = []

  constructor(options: TerminalRecorderOptions) {
    this.#options = options
    this.#begun = this.#begin().catch((error) => options.log(`recording ${options.title}: ${String(error)}`))
  }

  resize(size: Size): void {
    this.#do((recording) => recording.resize(size))
  }

  mark(label: string): void {
    this.#do((recording) => recording.mark(label))
  }

  /** Writes what has come so far and lets go. */
  async leave(): Promise<void> {
    await this.#begun
    await this.#finish((recording) => recording.close())
  }

  #do(work: (recording: Recording) => void): void {
    if (this.#recording) work(this.#recording)
    else this.#early.push(work)
  }

  async #begin(): Promise<void> {
    const { link, slot, state, recorder, title, log } = this.#options
    const recording = await recorder.open(state.serial, {
      title,
      size: state,
      onWritten: (offset) => this.#subscription?.ack(offset),
      onStopped: (reason) => {
        if (reason) log(`recording ${title}: ${String(reason)}`)
        this.#subscription?.leave()
      },
    })
    if (!recording) return
    this.#recording = recording
    // What was resized while nobody recorded.
    recording.resize(state)
    for (const work of this.#early.splice(0)) work(recording)
    if (recording.stopped) return this.#finish((one) => one.close())
    const ended = () => void this.#finish((one) => one.end(state.status))
    this.#subscription = await link.subscribe({
      terminal: slot,
      from: recording.offset,
      windowBytes,
      setsPace: false,
      onOutput: (offset, bytes) => {
        recording.output(offset, bytes)
        if (!state.alive && recording.offset >= state.end) ended()
      },
      onClosed: (status) => void this.#finish((one) => one.end(status)),
      onLost: () => void this.#finish((one) => one.close()),
    })
    if (!state.alive && recording.offset >= state.end) ended()
  }

  async #finish(how: (recording: Recording) => Promise<void>): Promise<void> {
    const recording = this.#recording
    if (!recording) return
    this.#recording = null
    this.#early = []
    this.#subscription?.leave()
    await how(recording)
  }
}
