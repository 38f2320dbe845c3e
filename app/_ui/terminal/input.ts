/**
 * What was typed and has not reached the shell yet: kept until the service says so, sent again after a reconnect, each byte once.
 * Offsets count one client's bytes. Knows no socket and no keyboard.
 */
import type { Frame } from './frame.ts'

/** Small enough for any message limit; a paste goes in pieces. */
const chunkBytes = 16 * 1024
/** More than this is not sent ahead of the shell's reading. */
const windowBytes = 64 * 1024
/** More than this is not kept; a larger paste is refused whole. */
export const keptBytes = 1024 * 1024

/** Bytes that have not arrived yet, `base` being the offset of the first. */
export interface Kept {
  base: number
  bytes: Uint8Array
}

export class InputQueue {
  #kept = new Uint8Array(0)
  #base = 0
  #sent = 0

  constructor(kept: Kept | null = null) {
    if (!kept) return
    this.#kept = kept.bytes.slice()
    this.#base = kept.base
    this.#sent = kept.base
  }

  /** What would be lost with this page. */
  get kept(): Kept {
    return { base: this.#base, bytes: this.#kept }
  }

  get pending(): number {
    return this.#kept.length
  }

  /** Keeps the bytes. False when there is no room: nothing was taken. */
  push(bytes: Uint8Array): boolean {
    if (this.#kept.length + bytes.length > keptBytes) return false
    const kept = new Uint8Array(this.#kept.length + bytes.length)
    kept.set(this.#kept)
    kept.set(bytes, this.#kept.length)
    this.#kept = kept
    return true
  }

  /** The next piece to send on this link, or null when all is sent or enough is under way. */
  next(): Frame | null {
    const from = this.#sent - this.#base
    const room = windowBytes - from
    if (room <= 0 || from >= this.#kept.length) return null
    const bytes = this.#kept.subarray(from, from + Math.min(chunkBytes, room))
    const frame = { offset: this.#sent, bytes }
    this.#sent += bytes.length
    return frame
  }

  /** The service has everything before `offset`. */
  typed(offset: number): void {
    if (offset <= this.#base) return
    const done = Math.min(offset - this.#base, this.#kept.length)
    this.#kept = this.#kept.subarray(done)
    this.#base = offset
    this.#sent = Math.max(this.#sent, offset)
  }

  /** A new link: forget what the old one was given, send again from what the service really has. */
  resume(typed: number): void {
    this.typed(typed)
    this.#base = typed
    this.#sent = typed
  }

  /** The first link of this page, or a new shell: its counter is the service's, what was typed ahead follows it. */
  adopt(typed: number): void {
    this.#base = typed
    this.#sent = typed
  }

  /** The shell these bytes were meant for is gone. */
  discard(): void {
    this.#kept = new Uint8Array(0)
    this.#sent = this.#base
  }
}
