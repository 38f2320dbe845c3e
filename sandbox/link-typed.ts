/**
 * What one client types into one terminal, kept until the world has it, however full its queues are. Knows frames and offsets, no stream
 * and no browser.
 */
import { ByteQueue } from './byte-queue.ts'
import type { ToWorld } from './wire.ts'

/** How much may be under way to the shell when nothing else is said: well below what the world holds for a terminal. */
const usualWindowBytes = 64 * 1024
const chunkBytes = 16 * 1024
/** Far more than anyone pastes. What is beyond is not taken, and its sender still has it. */
const heldBytes = 1 << 20
const retryMs = 250

/** Bytes from `base` on that the world has not yet confirmed as typed; `sent` is where sending goes on. */
export class TypedAhead {
  readonly #held = new ByteQueue()
  #base: number
  #sent: number
  #retry: NodeJS.Timeout | undefined

  constructor(
    private readonly channel: number,
    typed: number,
    private readonly send: (message: ToWorld) => void,
    private readonly windowBytes = usualWindowBytes,
  ) {
    this.#base = typed
    this.#sent = typed
  }

  type(offset: number, bytes: Uint8Array): void {
    const end = this.#base + this.#held.length
    if (offset > end) return
    const fresh = bytes.subarray(end - offset)
    const room = heldBytes - this.#held.length
    if (fresh.length === 0 || room === 0) return
    this.#held.push(fresh.subarray(0, room))
    this.#sendOn()
  }

  /** The world confirms; another connection of the same client may have typed further than we know. */
  typed(offset: number): void {
    if (offset <= this.#base) return
    this.#held.drop(offset - this.#base)
    this.#base = offset
    this.#sent = Math.max(this.#sent, offset)
    this.#sendOn()
  }

  /** The world has taken input only up to here: its queue is full, or a frame was lost. Sending goes on from there, a little later. */
  gap(taken: number): void {
    if (taken > this.#base + this.#held.length) this.typed(taken)
    else this.#sent = Math.max(this.#base, Math.min(this.#sent, taken))
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#sendOn(), retryMs)
  }

  leave(): void {
    clearTimeout(this.#retry)
  }

  #sendOn(): void {
    const end = Math.min(this.#base + this.#held.length, this.#base + this.windowBytes)
    while (this.#sent < end) {
      const next = Math.min(end, this.#sent + chunkBytes)
      const bytes = this.#held.view(this.#sent - this.#base, next - this.#base)
      this.send({ kind: 'input', channel: this.channel, offset: this.#sent, bytes })
      this.#sent = next
    }
  }
}
