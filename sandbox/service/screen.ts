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
  #kept: { offset: number; bytes: Buffer }[] = []
  #start = 0
  #end = 0
  /** What the world had when it was asked: until then it is the past. */
  #worldEnd = 0
  #epoch = 0
  #subscription: Subscription | null = null
  #stopHearing: () => void = () => {}

  private constructor(gone: () => void) {
    this.#gone = gone
  }

  /** @param gone nobody is to be brought here any more */
  static async open(link: Link, slot: number, gone: () => void): Promise<Screen> {
    const screen = new Screen(gone)
    screen.#stopHearing = link.onEvent(({ name }) => {
      if (name === 'rewound') screen.#over((viewer) => viewer.lost())
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
        onLost: () => screen.#over((viewer) => viewer.lost()),
      })
    } catch (error) {
      screen.#stopHearing()
      gone()
      throw error
    }
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
        if (this.#viewings.delete(viewing) && this.#viewings.size === 0) this.#over(() => {})
      },
    }
  }

  #take(offset: number, bytes: Buffer): void {
    if (offset !== this.#end) {
      this.#kept = []
      this.#start = offset
    }
    this.#kept.push({ offset, bytes: Buffer.from(bytes) })
    this.#end = offset + bytes.length
    for (let oldest = this.#kept[0]; oldest; oldest = this.#kept[0]) {
      if (this.#end - oldest.offset - oldest.bytes.length < keptBytes) break
      this.#kept.shift()
      this.#start = this.#kept[0]?.offset ?? this.#end
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
      const { offset, bytes } = this.#pieceAt(from)
      const piece = bytes.subarray(from - offset, from - offset + chunkBytes)
      viewing.sent = from + piece.length
      if (viewing.acked < this.#start) viewing.acked = from
      viewer.send(from, piece)
    }
  }

  #pieceAt(at: number): { offset: number; bytes: Buffer } {
    let [low, high] = [0, this.#kept.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#kept[middle]?.offset ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return this.#kept[low] ?? { offset: at, bytes: Buffer.alloc(0) }
  }

  #over(tell: (viewer: ScreenViewer) => void): void {
    this.#gone()
    this.#stopHearing()
    this.#subscription?.leave()
    this.#subscription = null
    const all = [...this.#viewings]
    this.#viewings.clear()
    for (const { viewer } of all) tell(viewer)
  }
}

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
