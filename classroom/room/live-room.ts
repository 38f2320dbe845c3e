/**
 * One room while somebody listens: holds its state, reads and asks in time, and tells each listener what is new for them. Many events make one telling.
 * Knows no HTTP, no rights and no database.
 */
import { emptyRoom, type MachineNow, type RoomEvent, type RoomState, reduce } from './state.ts'
import { newsBetween, seatOf, tilesOf } from './tiles.ts'
import type { LedView, SeatView, Tile, WallNews } from './view.ts'

export interface RoomSources {
  stored(cohort: string, here: readonly string[]): Promise<Extract<RoomEvent, { type: 'stored' }>>
  /** Of these attempts; one that is not told is not there. */
  machines(attempts: string[]): Promise<readonly MachineNow[]>
  log(line: string): void
}

export interface RoomTimes {
  /** From an event to its telling, in which others join it. */
  tellMs: number
  /** What learners do is read at most so often. */
  readMs: number
  /** What nobody tells of is found out so often. */
  againMs: number
  machinesMs: number
}

const usual: RoomTimes = { tellMs: 250, readMs: 500, againMs: 10_000, machinesMs: 1_000 }

interface Sitting {
  person: string
  hear: (seat: SeatView | null) => void
  told: string
}

export class LiveRoom {
  readonly #cohort: string
  readonly #sources: RoomSources
  readonly #times: RoomTimes
  readonly #walls = new Set<(news: string) => void>()
  readonly #seats = new Map<string, Sitting>()
  readonly #timers: NodeJS.Timeout[] = []
  #state: RoomState = emptyRoom
  /** What every wall has been told; null before the first reading. */
  #told: { tiles: Tile[]; led: LedView | null; hidden: number } | null = null
  #telling: NodeJS.Timeout | null = null
  #busy = false
  /** Something was heard since the last telling. */
  #dirty = false
  #unread = true
  #isRead = false
  #readAt = 0
  #seatsOf: Pick<RoomState, 'led' | 'learners' | 'hands'> = emptyRoom
  #asking = false

  constructor(cohort: string, sources: RoomSources, times: Partial<RoomTimes>) {
    this.#cohort = cohort
    this.#sources = sources
    this.#times = { ...usual, ...times }
  }

  get isEmpty(): boolean {
    return this.#walls.size === 0 && this.#seats.size === 0
  }

  get walls(): number {
    return this.#walls.size
  }

  get seats(): number {
    return this.#seats.size
  }

  watch(hear: (news: string) => void): () => void {
    this.#begin()
    this.#walls.add(hear)
    if (this.#told) hear(JSON.stringify({ all: true, now: Date.now(), ...this.#told } satisfies WallNews))
    else this.changed()
    void this.#askMachines()
    return () => {
      this.#walls.delete(hear)
      this.#end()
    }
  }

  sit(
    { page, person, item }: { page: string; person: string; item: Tile['item'] },
    hear: (seat: SeatView | null) => void,
  ): () => void {
    this.#begin()
    const isKnown = this.#isRead && this.#state.learners.has(person)
    this.#seats.set(page, { person, hear, told: '' })
    this.#heard({ type: 'page', page, person, item, at: Date.now() })
    // One who was no learner a moment ago may have joined.
    if (isKnown) this.#tellSeats()
    else this.changed()
    return () => {
      this.#seats.delete(page)
      this.#heard({ type: 'left', page, at: Date.now() })
      this.#end()
    }
  }

  changed(): void {
    this.#unread = true
    this.#readAt = 0
    this.#soon()
  }

  touched(person: string): void {
    if (this.#walls.size === 0 || !this.#state.learners.has(person)) return
    this.#state = reduce(this.#state, { type: 'active', person, at: Date.now() })
    this.#unread = true
    this.#soon()
  }

  #heard(event: RoomEvent): void {
    this.#state = reduce(this.#state, event)
    this.#soon()
  }

  #begin(): void {
    if (this.#timers.length > 0) return
    this.#timers.push(
      setInterval(() => this.changed(), this.#times.againMs).unref(),
      setInterval(() => void this.#askMachines(), this.#times.machinesMs).unref(),
    )
  }

  #end(): void {
    if (!this.isEmpty) return
    for (const timer of this.#timers.splice(0)) clearInterval(timer)
    if (this.#telling) clearTimeout(this.#telling)
    this.#telling = null
  }

  #soon(): void {
    this.#dirty = true
    if (this.#telling || this.#busy || this.isEmpty) return
    this.#telling = setTimeout(() => void this.#tell(), this.#times.tellMs)
  }

  async #tell(): Promise<void> {
    this.#telling = null
    this.#busy = true
    this.#dirty = false
    try {
      if (this.#unread && Date.now() - this.#readAt >= this.#times.readMs) await this.#read()
      if (this.#isRead) this.#tellAll()
    } catch (error) {
      // The next reading is at most ten seconds away; until then everybody keeps what they were told.
      this.#unread = false
      this.#sources.log(`room ${this.#cohort}: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      this.#busy = false
      if (this.#unread || this.#dirty) this.#soon()
    }
  }

  async #read(): Promise<void> {
    this.#unread = false
    const at = Date.now()
    const here = [...new Set([...this.#seats.values()].map(({ person }) => person))]
    const stored = await this.#sources.stored(this.#cohort, here)
    // Pages came and went meanwhile.
    this.#state = reduce(this.#state, stored)
    this.#readAt = at
    this.#isRead = true
  }

  #tellAll(): void {
    this.#tellSeats()
    if (this.#walls.size === 0) {
      this.#told = null
      return
    }
    const now = Date.now()
    const { led, hidden } = this.#state
    const tiles = tilesOf(this.#state, now)
    const news = this.#news(now, tiles)
    if (!news) return
    // Small differences of activity add up: what was told stays the measure.
    const changed = new Set(news.tiles?.map(({ id }) => id))
    const old = new Map(this.#told?.tiles.map((tile) => [tile.id, tile]))
    this.#told = {
      led,
      hidden,
      tiles: tiles.map((tile) => (changed.has(tile.id) ? tile : (old.get(tile.id) ?? tile))),
    }
    const text = JSON.stringify(news)
    for (const hear of this.#walls) hear(text)
  }

  #news(now: number, tiles: Tile[]): WallNews | null {
    const { led, hidden } = this.#state
    if (!this.#told) return { all: true, now, led, hidden, tiles }
    const changed = newsBetween(this.#told.tiles, tiles)
    const newLed = JSON.stringify(led) !== JSON.stringify(this.#told.led)
    const newHidden = hidden !== this.#told.hidden
    if (!changed && !newLed && !newHidden) return null
    return { now, ...(newLed && { led }), ...(newHidden && { hidden }), ...changed }
  }

  #tellSeats(): void {
    const { led, learners, hands } = this.#state
    const was = this.#seatsOf
    const isNew = led !== was.led || learners !== was.learners || hands !== was.hands
    this.#seatsOf = { led, learners, hands }
    for (const sitting of this.#seats.values()) {
      if (!isNew && sitting.told !== '') continue
      const seat = seatOf(this.#state, sitting.person)
      const text = JSON.stringify(seat)
      if (text === sitting.told) continue
      sitting.told = text
      sitting.hear(seat)
    }
  }

  /** Only a wall shows machines. */
  async #askMachines(): Promise<void> {
    if (this.#asking || this.#walls.size === 0) return
    const attempts = [...this.#state.learners.values()].flatMap(({ attempt }) =>
      attempt?.isOpen ? [attempt.id] : [],
    )
    if (attempts.length === 0) return
    this.#asking = true
    try {
      this.#heard({ type: 'machines', machines: await this.#sources.machines(attempts) })
    } catch {
      // The service restarts: nothing is known of any machine until it is back.
      this.#heard({ type: 'machines', machines: [] })
    } finally {
      this.#asking = false
    }
  }
}
