/**
 * Where the screen stands in a terminal's output: no byte twice, no byte missing, and when to acknowledge.
 * Offsets count the terminal's bytes. Knows no screen and no socket.
 */

/** The protocol asks for an acknowledgement at least this often. */
const ackBytes = 64 * 1024

export type Accepted = { kind: 'write'; bytes: Uint8Array } | { kind: 'gap' } | { kind: 'old' }

export class OutputCursor {
  #received = 0
  #written = 0
  #acked = 0
  #replayEnd = 0

  /** The output before this offset has arrived: the offset to attach from. */
  get received(): number {
    return this.#received
  }

  /** True while the screen repeats output that a program has already had its answers to. */
  get replaying(): boolean {
    return this.#written < this.#replayEnd
  }

  /** The screen is empty; output begins at `offset` and is old up to `replayEnd`. */
  restart(offset: number, replayEnd: number): void {
    this.#received = offset
    this.#written = offset
    this.#acked = offset
    this.#replayEnd = replayEnd
  }

  /** A new link goes on where the old one broke off: the service counts acknowledgements from here. */
  resume(): void {
    this.#acked = this.#received
  }

  accept(offset: number, bytes: Uint8Array): Accepted {
    const known = this.#received - offset
    if (known < 0) return { kind: 'gap' }
    if (known >= bytes.length) return { kind: 'old' }
    this.#received = offset + bytes.length
    return { kind: 'write', bytes: known === 0 ? bytes : bytes.subarray(known) }
  }

  /** So many bytes more are on the screen. The offset to acknowledge, when it is time. */
  wrote(bytes: number): number | null {
    this.#written += bytes
    if (this.#written - this.#acked < ackBytes) return null
    this.#acked = this.#written
    return this.#written
  }
}
