/** Bytes in a row: added at the end, taken from the front, and copied seldom, in however small pieces they come. Knows nothing of their meaning. */

/** One that is empty keeps no more. */
const keptBytes = 64 * 1024
const leastBytes = 1024

export class ByteQueue {
  #bytes: Buffer = Buffer.alloc(0)
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  push(bytes: Uint8Array): void {
    if (this.#to + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#to)
    this.#to += bytes.length
  }

  /** From the front, at most as many as there are. */
  drop(count: number): void {
    this.#from += Math.min(count, this.length)
    if (this.length > 0) return
    this.#from = this.#to = 0
    if (this.#bytes.length > keptBytes) this.#bytes = Buffer.alloc(0)
  }

  /** Counted from the front. A view: to be used at once or copied. */
  view(from: number, to: number): Buffer {
    return this.#bytes.subarray(this.#from + from, this.#from + to)
  }

  /** As much as there is already, so that the next copy is as far away. */
  #makeRoom(more: number): void {
    const kept = this.view(0, this.length)
    const bytes = Buffer.allocUnsafe(Math.max(leastBytes, 2 * (kept.length + more)))
    bytes.set(kept)
    this.#bytes = bytes
    this.#from = 0
    this.#to = kept.length
  }
}
