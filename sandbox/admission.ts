/**
 * Who may make the host work now. Starts and checks each have a line of their own: in the order in which they were asked for, so many at a time.
 * What can wait until no start waits (before-figures, background traffic) comes after the starts and takes what checks leave; what only prepares
 * (the pool) comes when all is quiet. Knows nothing of what is done.
 */

export interface Turn {
  /** Hears how many of its line come before this one, each time that changes; not called when there is no wait. */
  onWait?(ahead: number): void
  /** Leaves the line. What is under way is not ended. */
  signal?: AbortSignal
}

export interface Slots {
  /** How many starts at once finish soonest on this host. */
  starts: number
  /** How many checks at once this host can bear without one of them being too slow for its own clients. Fewer than starts: see `later`. */
  checks: number
}

interface Waiting {
  begin(): void
  onWait?(ahead: number): void
  told?: number
}

export class Admission {
  readonly #starts: Line
  readonly #checks: Line
  #latter = 0
  #later: (() => void)[] = []
  #quiet: (() => void)[] = []

  constructor({ starts, checks }: Slots) {
    this.#starts = new Line(starts)
    this.#checks = new Line(checks)
  }

  /** Of the starts. */
  get state(): { underWay: number; waiting: number } {
    const { underWay, waiting } = this.#starts
    return { underWay, waiting }
  }

  /** @throws the signal's reason when it was given up before its turn came */
  start<T>(work: () => Promise<T>, turn: Turn = {}): Promise<T> {
    return this.#inTurn(this.#starts, work, turn)
  }

  /** @throws the signal's reason when it was given up before its turn came */
  check<T>(work: () => Promise<T>, turn: Turn = {}): Promise<T> {
    return this.#inTurn(this.#checks, work, turn)
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

  /** Resolves when nobody who waits would be slowed down. */
  async quiet(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#quiet.push(resolve)
      this.#goOn()
    })
  }

  async #inTurn<T>(line: Line, work: () => Promise<T>, turn: Turn): Promise<T> {
    await line.turn(turn, () => this.#goOn())
    try {
      return await work()
    } finally {
      line.underWay--
      this.#goOn()
    }
  }

  #goOn(): void {
    this.#starts.goOn()
    this.#checks.goOn()
    while (this.#hasRoomForLater() && this.#later.length > 0) {
      this.#latter++
      this.#later.shift()?.()
    }
    if (this.#isQuiet()) for (const resolve of this.#quiet.splice(0)) resolve()
  }

  /** Before-figures are a load like a check's: beside as many checks as the host bears there is room for little more. */
  #hasRoomForLater(): boolean {
    const underWay = this.#starts.underWay + this.#checks.underWay + this.#latter
    return this.#starts.waiting === 0 && underWay < this.#starts.slots
  }

  #isQuiet(): boolean {
    return this.#starts.isEmpty && this.#checks.isEmpty && this.#latter + this.#later.length === 0
  }
}

/** First come, first served, so many at a time. */
class Line {
  underWay = 0
  #waiting: Waiting[] = []

  constructor(readonly slots: number) {}

  get waiting(): number {
    return this.#waiting.length
  }

  get isEmpty(): boolean {
    return this.underWay + this.#waiting.length === 0
  }

  /** @param changed somebody has come or left: whoever can begin is to begin */
  turn({ onWait, signal }: Turn, changed: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const begin = (): void => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      const waiting: Waiting = { begin, onWait }
      const giveUp = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting)
        reject(signal?.reason)
        changed()
      }
      signal?.addEventListener('abort', giveUp)
      this.#waiting.push(waiting)
      changed()
    })
  }

  goOn(): void {
    while (this.underWay < this.slots && this.#waiting.length > 0) {
      this.underWay++
      this.#waiting.shift()?.begin()
    }
    for (const [index, one] of this.#waiting.entries()) tell(one, index + this.underWay)
  }
}

function tell(one: Waiting, ahead: number): void {
  if (one.told === ahead) return
  one.told = ahead
  one.onWait?.(ahead)
}
