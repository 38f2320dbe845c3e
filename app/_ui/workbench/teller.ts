/**
 * Tells the server what stands in a form while it changes: a little after the last key, one request after the other so that an earlier one never comes later,
 * and again until it is taken. Knows no form, no route and no React.
 */

/** `over`: it takes nothing any more. */
export type Taken = 'taken' | 'failed' | 'over'

export interface TellerOptions {
  tell(what: string): Promise<Taken>
  /** What became of the newest. */
  became(state: Taken): void
  /** After the last key. */
  pauseMs?: number
  /** After a failure. */
  againMs?: number
}

export class Teller {
  readonly #options: Required<TellerOptions>
  #wanted: string | null = null
  #sent: string | null = null
  /** Whether the one that was sent is known to be there. One that failed may have arrived all the same, and be older than what is wanted. */
  #arrived = true
  #busy = false
  #isOver = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: TellerOptions) {
    this.#options = { pauseMs: 1_000, againMs: 5_000, ...options }
  }

  want(what: string): void {
    this.#wanted = what
    this.#after(this.#options.pauseMs)
  }

  stop(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  #after(ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#isOver) this.#timer = setTimeout(() => void this.#send(), ms)
  }

  async #send(): Promise<void> {
    // Asked again when that one is through.
    if (this.#busy || this.#wanted === null) return
    if (this.#wanted === this.#sent && this.#arrived) return this.#options.became('taken')
    this.#busy = true
    this.#sent = this.#wanted
    const taken = await this.#options.tell(this.#sent).catch((): Taken => 'failed')
    this.#busy = false
    this.#arrived = taken === 'taken'
    if (this.#isOver) return
    if (taken === 'over') this.stop()
    else if (taken === 'failed') this.#after(this.#options.againMs)
    else if (this.#wanted !== this.#sent) return this.#after(this.#options.pauseMs)
    this.#options.became(taken)
  }
}
