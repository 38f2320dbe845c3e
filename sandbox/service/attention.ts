/**
 * Who looks at a machine, and when it last had a sign of life. Knows no machine and no socket: a look is whatever says so.
 */

/** One page, or one part of it, that may be looked at. */
export interface Look {
  /** Whether somebody sees it. To say that they do is a sign of life. */
  set(seen: boolean): void
  leave(): void
}

export class Attention {
  #seen = new Set<Look>()
  #lastSign = Date.now()
  readonly #onSign: () => void

  /** @param onSign somebody has begun to look, or has done something */
  constructor(onSign: () => void) {
    this.#onSign = onSign
  }

  get watched(): boolean {
    return this.#seen.size > 0
  }

  get lastSign(): number {
    return this.#lastSign
  }

  /** The time until it sleeps begins anew, which is no sign of life. */
  restart(): void {
    this.#lastSign = Date.now()
  }

  sign(): void {
    this.restart()
    this.#onSign()
  }

  look(seen: boolean): Look {
    let left = false
    const look: Look = {
      set: (now) => {
        if (left) return
        if (now) {
          this.#seen.add(look)
          this.sign()
        } else this.#away(look)
      },
      leave: () => {
        left = true
        this.#away(look)
      },
    }
    look.set(seen)
    return look
  }

  /** It was seen until now, which is no new sign of life: the deadline stays, the time until it sleeps begins. */
  #away(look: Look): void {
    if (this.#seen.delete(look)) this.restart()
  }
}
