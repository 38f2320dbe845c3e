/**
 * What is typed while a machine wakes: letters go through at once, a line waits for the machine's clock, and what is typed after it keeps its
 * place. Who types more than is held is refused, and so is all that was held when it does not wake. Knows no socket and no machine.
 */
import { offsetBytes } from '../protocol/terminal.ts'

/** A page of ours sends 64 KiB ahead of the shell; more is somebody's own program. */
const mostBytes = 1 << 20
/** What a message costs that holds nothing: a million of one byte each are more than a megabyte. */
const messageBytes = 256

export class HeldInput {
  readonly #type: (message: Buffer) => void
  readonly #refuse: (error: unknown) => void
  #until: Promise<void> | null = null
  #bytes = 0

  constructor(type: (message: Buffer) => void, refuse: (error: unknown) => void) {
    this.#type = type
    this.#refuse = refuse
  }

  /** `waking` is there while the machine sleeps or wakes. */
  take(message: Buffer, waking: Promise<void> | null): void {
    if (this.#until === null && waking !== null && endsLine(message)) this.#hold(waking)
    if (this.#until === null) this.#type(message)
    else this.#keep(message, this.#until)
  }

  #keep(message: Buffer, until: Promise<void>): void {
    const bytes = this.#bytes + message.length + messageBytes
    if (bytes > mostBytes) {
      this.#refuse(new Error('more was typed than is held'))
      return
    }
    this.#bytes = bytes
    until.then(() => this.#type(message), this.#refuse)
  }

  #hold(waking: Promise<void>): void {
    const forget = () => {
      this.#until = null
      this.#bytes = 0
    }
    this.#until = waking
    waking.then(forget, forget)
  }
}

/** Letters may come before the clock is right, which takes a tenth of a second; a command that they are the end of may not. */
const endsLine = (message: Buffer): boolean => /[\r\n]/.test(message.toString('latin1', offsetBytes))
