/**
 * Who may make the host work now. Starts come first, in the order in which they were asked for and so many at a time; what can wait until no
 * start waits (before-figures, background traffic) comes after them; what only prepares (the pool) comes when all is quiet. Knows nothing of what
 * is done.
 */

export interface StartTurn {
  /** Hears how many starts come before this one, each time that changes; not called when there is no wait. */
  onWait?(ahead: number): void
  /** Leaves the queue. A start that is under way is not ended. */
  signal?: AbortSignal
}

interface Waiting {
  begin(): void
  onWait?(ahead: number): void
  told?: number
}

export class Admission {
  readonly #slots: number
  #starting = 0
  #latter = 0
  #busy = 0
  #starts: Waiting[] = []
  #later: (() => void)[] = []
  #quiet: (() => void)[] = []

  /** `slots`: how many starts at once finish soonest on this host. */
  constructor(slots: number) {
    this.#slots = slots
  }

  get state(): { underWay: number; waiting: number } {
    return { underWay: this.#starting, waiting: this.#starts.length }
  }

  /** @throws the signal's reason when it was given up before its turn came */
  async start<T>(work: () => Promise<T>, turn: StartTurn = {}): Promise<T> {
    await this.#turn(turn)
    try {
      return await work()
    } finally {
      this.#starting--
      this.#goOn()
    }
  }

  /** Begins when no start waits and a slot is free, in order. */
  async later<T>(work: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#later.push(resolve)
      this.#goOn()
    })
    try {
      return await work()
    } finally {
      this.#latter--
      this.#goOn()
    }
  }

  /** Begins at once, and keeps the host from being quiet. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await work()
    } finally {
      this.#busy--
      this.#goOn()
    }
  }

  /** Resolves when nobody who waits would be slowed down. */
  async quiet(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#quiet.push(resolve)
      this.#goOn()
    })
  }

  #turn({ onWait, signal }: StartTurn): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const begin = (): void => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      const waiting: Waiting = { begin, onWait }
      const giveUp = (): void => {
        this.#starts = this.#starts.filter((one) => one !== waiting)
        reject(signal?.reason)
        this.#goOn()
      }
      signal?.addEventListener('abort', giveUp)
      this.#starts.push(waiting)
      this.#goOn()
    })
  }

  #goOn(): void {
    while (this.#starting < this.#slots && this.#starts.length > 0) {
      this.#starting++
      this.#starts.shift()?.begin()
    }
    for (const [index, one] of this.#starts.entries()) this.#tell(one, index + this.#starting)
    while (this.#hasRoomForLater() && this.#later.length > 0) {
      this.#latter++
      this.#later.shift()?.()
    }
    if (this.#isQuiet()) for (const resolve of this.#quiet.splice(0)) resolve()
  }

  #hasRoomForLater(): boolean {
    return this.#starts.length === 0 && this.#starting + this.#latter < this.#slots
  }

  #isQuiet(): boolean {
    return this.#starting + this.#latter + this.#busy + this.#starts.length + this.#later.length === 0
  }

  #tell(one: Waiting, ahead: number): void {
    if (one.told === ahead) return
    one.told = ahead
    one.onWait?.(ahead)
  }
}
