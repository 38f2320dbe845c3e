/**
 * The size of a terminal that several look at: that of the window of whoever typed last, as tmux does it (decision 11). Who only looks has no say.
 * Knows viewers only as keys of a map.
 */
import type { Size } from '../asciicast.ts'

export class SharedSize<Viewer> {
  /** In the order in which they came or last typed. */
  readonly #windows = new Map<Viewer, Size>()
  #size: Size

  constructor(size: Size) {
    this.#size = size
  }

  get size(): Size {
    return this.#size
  }

  /** Whose window it is; null when there is none. */
  get holder(): Viewer | null {
    return [...this.#windows.keys()].at(-1) ?? null
  }

  /**
   * A window with the right to type. It sets the size only where nobody's does, or where `former` did: the same person's lost connection.
   * Each of these returns the new size, or null.
   */
  attach(viewer: Viewer, window: Size, former: Viewer | null = null): Size | null {
    const last = this.holder
    if (former !== null) this.#windows.delete(former)
    const others = former !== null && former === last ? [] : [...this.#windows]
    for (const [other] of others) this.#windows.delete(other)
    this.#windows.set(viewer, window)
    for (const [other, size] of others) this.#windows.set(other, size)
    return this.#settle()
  }

  resize(viewer: Viewer, window: Size): Size | null {
    if (!this.#windows.has(viewer)) return null
    this.#windows.set(viewer, window)
    return this.#settle()
  }

  typed(viewer: Viewer): Size | null {
    const window = this.#windows.get(viewer)
    if (!window) return null
    this.#windows.delete(viewer)
    this.#windows.set(viewer, window)
    return this.#settle()
  }

  leave(viewer: Viewer): Size | null {
    return this.#windows.delete(viewer) ? this.#settle() : null
  }

  #settle(): Size | null {
    const window = [...this.#windows.values()].at(-1)
    if (!window || (window.cols === this.#size.cols && window.rows === this.#size.rows)) return null
    this.#size = window
    return window
  }
}
