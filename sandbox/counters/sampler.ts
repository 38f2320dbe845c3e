/**
 * Asks a machine for its counters once a second while somebody watches, and only then; joins guest and world, keeps and hands out. One question a
 * second however many watch. Knows no socket and no right to see: its listeners do.
 */
import type { BackgroundSecond, CountersAnswer } from '../link.ts'
import { parseFrame } from './parse.ts'
import type { CountersSecond, GuestCounters, WorldSecond } from './schema.ts'
import type { CounterStore } from './store.ts'

/** Who is asked now. Null: nobody, since there is no machine, or it is at rest. */
export interface Subject {
  generation: number
  link: { counters(options: { timeoutMs: number; since: number }): Promise<CountersAnswer> }
}

export interface SamplerOptions {
  subject(): Subject | null
  store: CounterStore
}

/** `json` is the second as text, made once for all who send it on. */
export interface Sample {
  second: CountersSecond
  json: string
}

export interface Listener {
  sample(sample: Sample): void
  world(seconds: WorldSecond[]): void
}

/**
 * A little less than a second: what happens each so many whole seconds, as the clients' bursts do, would otherwise be met at the same moment of its
 * round each time, so that a queue that is full for a tenth of a second were always seen full, or never.
 */
const everyMs = 970
/** Longer than this, and the next second's question would come first. */
const timeoutMs = 950
const betweenPastsMs = 1_000
/** What is at hand for whoever comes; the store has the rest. */
export const recentSeconds = 120

export class Sampler {
  readonly #options: SamplerOptions
  readonly #listeners = new Set<Listener>()
  #recent: Sample[] | null = null
  #world: WorldSecond[] = []
  #generation: number | null = null
  #guest: GuestCounters | null = null
  #timer: NodeJS.Timeout | null = null
  #asking = false
  #lastPast: Promise<unknown> = Promise.resolve()

  constructor(options: SamplerOptions) {
    this.#options = options
  }

  /** From now on, until the returned function is called, the machine is asked. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (!this.#timer) {
      this.#timer = setInterval(() => void this.#ask(), everyMs)
      void this.#ask()
    }
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#rest()
    }
  }

  /** Nothing is held for a machine that nobody watches; what was seen is in the store, and the world has its own two minutes. */
  #rest(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#recent = null
    this.#world = []
  }

  /** The last two minutes, oldest first, also those that an earlier service has seen. */
  async recent(): Promise<Sample[]> {
    if (!this.#recent) {
      const kept = await this.#options.store.before(Date.now() + 1, recentSeconds)
      const old = kept.filter(({ t }) => t > Date.now() - recentSeconds * 1000)
      this.#recent ??= old.map(sampleOf)
    }
    return this.#recent
  }

  /** Of the last two minutes what is at hand, oldest first: nothing is asked and nothing read for it, and nothing is there while nobody watches. */
  get atHand(): readonly Sample[] {
    return this.#recent ?? []
  }

  /** Seconds before a moment, however long ago. One question at a time and a second, however many ask: each may be a megabyte to be read and written. */
  past(before: number, seconds: number): Promise<CountersSecond[]> {
    const mine = this.#lastPast.then(() => this.#options.store.before(before, seconds))
    this.#lastPast = mine.catch(() => {}).then(betweenPasts)
    return mine
  }

  /** What the clients of this machine have seen in the last two minutes. */
  get world(): WorldSecond[] {
    return this.#world
  }

  async #ask(): Promise<void> {
    const subject = this.#options.subject()
    if (!subject || this.#asking) return
    this.#asking = true
    try {
      if (this.#generation !== subject.generation) this.#begin(subject.generation)
      const since = this.#world.at(-1)?.t ?? 0
      const answer = await subject.link.counters({ timeoutMs, since })
      if (this.#listeners.size > 0) await this.recent()
      if (this.#listeners.size > 0 && this.#generation === subject.generation) this.#take(answer)
    } catch {
      // Paused, dead or replaced between two ticks: a gap. The status tells why on the same socket.
    } finally {
      this.#asking = false
    }
  }

  #begin(generation: number): void {
    this.#generation = generation
    this.#guest = null
    this.#world = []
  }

  #take({ t, tookUs, wire, seconds, guest }: CountersAnswer): void {
    const world = seconds.map(toMilliseconds)
    this.#world = [...this.#world, ...world].slice(-recentSeconds)
    // What was not due is carried over from the last reading, across a gap too.
    if (guest) this.#guest = parseFrame(guest, t, this.#guest)
    const sample = sampleOf({
      ...{ t, generation: this.#generation ?? 0, world, wire },
      tookMs: guest ? tookUs / 1000 : null,
      guest: guest && this.#guest,
    })
    this.#recent = [...(this.#recent ?? []), sample].slice(-recentSeconds)
    this.#options.store.append(sample.second)
    for (const listener of this.#listeners) {
      if (world.length > 0) listener.world(world)
      listener.sample(sample)
    }
  }
}

const betweenPasts = (): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, betweenPastsMs).unref())

const sampleOf = (second: CountersSecond): Sample => ({ second, json: JSON.stringify(second) })

export function toMilliseconds({ p50Us, p95Us, maxUs: _, ...second }: BackgroundSecond): WorldSecond {
  const ms = (us: number): number | null => (us < 0 ? null : us / 1000)
  return { ...second, p50Ms: ms(p50Us), p95Ms: ms(p95Us) }
}
