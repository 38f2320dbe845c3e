/**
 * One shell's output for any number of guests: the world is asked once, and each guest gets what is kept and what comes, at their own pace. Whoever
 * falls behind what is kept sees a gap and begins anew; the shell waits for nobody here. Knows no WebSocket.
 */
import type { Link, Subscription } from '../link.ts'

/** As much as the world keeps. */
const keptBytes = 1 << 20
const chunkBytes = 64 * 1024
/** So much is sent ahead of what a guest says to have drawn, or to have read. */
const windowBytes = 1 << 20

export interface ScreenViewer {
  /** The bytes are a view: use them at once or copy them. */
  send(offset: number, bytes: Uint8Array): void
  /** Sent and not yet taken by the network. */
  unsent(): number
  closed(status: number): void
  /** The shell may live on: to be asked for again. */
  lost(): void
}

export interface ScreenView {
  start: number
  end: number
  epoch: number
  /** Output follows from here on. */
  begin(): void
  ack(offset: number): void
  leave(): void
}

interface Viewing {
  viewer: ScreenViewer
  sent: number
  acked: number
  begun: boolean
}

export class Screen {
  readonly #viewings = new Set<Viewing>()
  readonly #gone: () => void
  /** A ring: a byte lies where its offset says. Of one size, in however small pieces a shell writes. */
  readonly #kept = Buffer.allocUnsafe(keptBytes)
  #start = 0
  #end = 0
  /** What the world had when it was asked: until then it is the past. */
  #worldEnd = 0
  #epoch = 0
  #subscription: Subscription | null = null
  #stopHearing: () => void = () => {}
  /** How it ended, for who has asked for it and comes too late; null while it goes on. */
  #ending: ((viewer: ScreenViewer) => void) | null = null

  private constructor(gone: () => void) {
    this.#gone = gone
  }

  /** @param gone nobody is to be brought here any more */
  static async open(link: Link, slot: number, gone: () => void): Promise<Screen> {
    const screen = new Screen(gone)
    screen.#stopHearing = link.onEvent(({ name }) => {
      if (name === 'rewound') screen.#over(lose)
    })
    try {
      screen.#subscription = await link.subscribe({
        terminal: slot,
        setsPace: false,
        from: 'start',
        onStart: ({ start, end, epoch }) => {
          screen.#start = screen.#end = start
          screen.#worldEnd = end
          screen.#epoch = epoch
        },
        onOutput: (offset, bytes) => screen.#take(offset, bytes),
        onClosed: (status) => screen.#over((viewer) => viewer.closed(status)),
        onLost: () => screen.#over(lose),
      })
    } catch (error) {
      screen.#over(lose)
      throw error
    }
    // It may have ended while the world's answer was on its way.
    if (screen.#ending) screen.#subscription.leave()
    return screen
  }

  /** @param from as a guest's browser asks: what it has already, or everything */
  view(viewer: ScreenViewer, from: number | 'start'): ScreenView {
    // What was sent up to here already may still be on its way to this screen: it is not sent again, as nobody would acknowledge it again.
    const end = Math.max(this.#end, this.#worldEnd)
    const known = typeof from === 'number' && from >= this.#start && from <= end
    const at = known ? from : this.#start
    const viewing: Viewing = { viewer, sent: at, acked: at, begun: false }
    this.#viewings.add(viewing)
    if (this.#ending) this.#tellLater(viewing, this.#ending)
    return {
      start: this.#start,
      end,
      epoch: this.#epoch,
      begin: () => {
        viewing.begun = true
        this.#pump(viewing)
      },
      ack: (offset) => {
        viewing.acked = Math.max(viewing.acked, Math.min(offset, viewing.sent))
        this.#pump(viewing)
      },
      leave: () => {
        this.#viewings.delete(viewing)
        // Others may have waited for this screen, too, and come in this very moment.
        setImmediate(() => {
          if (this.#viewings.size === 0) this.#over(lose)
        })
      },
    }
  }

  #take(offset: number, bytes: Buffer): void {
    if (offset !== this.#end) this.#start = offset
    this.#end = offset + bytes.length
    this.#start = Math.max(this.#start, this.#end - keptBytes)
    for (let at = Math.max(offset, this.#start); at < this.#end; ) {
      at += bytes.copy(this.#kept, at % keptBytes, at - offset)
    }
    this.#subscription?.ack(this.#end)
    for (const viewing of this.#viewings) this.#pump(viewing)
  }

  #pump(viewing: Viewing): void {
    const { viewer } = viewing
    if (!viewing.begun) return
    while (
      viewing.sent < this.#end &&
      viewing.sent - viewing.acked < windowBytes &&
      viewer.unsent() < 2 * windowBytes
    ) {
      const from = Math.max(viewing.sent, this.#start)
      const piece = this.#pieceFrom(from)
      viewing.sent = from + piece.length
      if (viewing.acked < this.#start) viewing.acked = from
      viewer.send(from, piece)
    }
  }

  /** Up to where the ring begins again. */
  #pieceFrom(offset: number): Buffer {
    const at = offset % keptBytes
    return this.#kept.subarray(at, Math.min(at + chunkBytes, at + this.#end - offset))
  }

  #over(tell: (viewer: ScreenViewer) => void): void {
    if (this.#ending) return
    this.#ending = tell
    this.#gone()
    this.#stopHearing()
    this.#subscription?.leave()
    const all = [...this.#viewings]
    this.#viewings.clear()
    for (const { viewer } of all) tell(viewer)
  }

  /** After what is kept was sent. */
  #tellLater(viewing: Viewing, tell: (viewer: ScreenViewer) => void): void {
    queueMicrotask(() => {
      if (this.#viewings.delete(viewing)) tell(viewing.viewer)
    })
  }
}

const lose = (viewer: ScreenViewer): void => viewer.lost()

const screens = new WeakMap<Link, Map<number, Promise<Screen>>>()

/** The screen of the shell in this slot, which is one for all. */
export function screenOf(link: Link, slot: number): Promise<Screen> {
  const open = screens.get(link) ?? new Map<number, Promise<Screen>>()
  screens.set(link, open)
  const known = open.get(slot)
  if (known) return known
  const screen: Promise<Screen> = Screen.open(link, slot, () => {
    if (open.get(slot) === screen) open.delete(slot)
  })
  open.set(slot, screen)
  return screen
}
