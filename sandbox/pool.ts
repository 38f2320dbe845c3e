/**
 * The warm pool: how many machines of each kind should wait, which of them is handed out, when the next is made. Knows neither containers nor
 * links; a machine is what `make` gives, and `pooled.ts` makes real ones.
 */
import type { Machine } from '../labs/schema.ts'
import { commonest, machinesFor, type Profile, profileId } from './profiles.ts'
import type { PoolState } from './protocol/pool.ts'
import type { Reservations } from './reservations.ts'

/** One that waits. */
export interface Waiter {
  /** What it was restored from: another key means another image or template. */
  key: string
  onDead(listener: (reason: string) => void): void
  release(): void
  remove(): Promise<void>
}

export interface PoolOptions<M extends Waiter> {
  profiles: Profile[]
  reservations: Reservations
  /** How many of each kind in use wait when nothing is reserved. */
  usual: number
  make(machine: Machine): Promise<M>
  /** What a machine made now would be restored from; null when that is not there yet. */
  keyOf(machine: Machine): Promise<string | null>
  /** Resolves when nobody who waits would be slowed down. */
  quiet(): Promise<void>
  /** Null, or why no further machine has room. */
  noRoom(): string | null
  log(line: string): void
  now?(): number
}

/** A kind of machine is in use for so long after it was last asked for. */
const inUseMs = 30 * 60_000
/** Most of the making is waiting (pooled.ts, `warm`), so two at a time disturb no more than one. */
const makers = 2
const firstPatienceMs = 5_000
const longestPatienceMs = 300_000

interface Shelf<M> {
  profile: Profile
  ready: M[]
  warming: number
  handedOut: number
  usedAt: number
  lastError: string | null
  failures: number
  notBefore: number
}

export class Pool<M extends Waiter> {
  readonly #options: PoolOptions<M>
  readonly #shelves = new Map<string, Shelf<M>>()
  readonly #commonest: string | undefined
  #making = 0
  #closed = false

  constructor(options: PoolOptions<M>) {
    this.#options = options
    this.#commonest = commonest(options.profiles)?.id
    for (const profile of options.profiles) this.#shelves.set(profile.id, emptyShelf(profile))
  }

  /** One of this kind and key, or null: then a machine is started cold. Those of another key are gone with that. */
  take(machine: Machine, key: string): M | null {
    const shelf = this.#shelf(machine)
    this.#drain(shelf, key)
    const taken = shelf.ready.shift() ?? null
    if (taken) shelf.handedOut++
    return taken
  }

  /** Somebody starts this lab on such a machine, from the pool or not; `lab` null: again, and has a seat. */
  noteStart(lab: string | null, machine: Machine): void {
    this.#shelf(machine).usedAt = this.#now()
    if (lab) this.#takeSeat(lab)
    this.tend()
  }

  /** A machine that an earlier service made. */
  adopt(machine: Machine, waiter: M): void {
    this.#put(this.#shelf(machine), waiter)
  }

  /** What was taken turned out unfit. */
  noteFailure(machine: Machine, reason: string): void {
    this.#shelf(machine).lastError = reason
    this.#options.log(`pool: ${reason}`)
  }

  state(): PoolState['profiles'] {
    return [...this.#shelves.values()].map((shelf) => {
      const { profile, ready, warming, handedOut, lastError } = shelf
      const { nic, vcpus, memoryMb } = profile.machine
      const labs = [...profile.labs.keys()]
      const target = this.#target(shelf)
      return {
        id: profile.id,
        nic,
        vcpus,
        memoryMb,
        labs,
        target,
        ready: ready.length,
        warming,
        handedOut,
        lastError,
      }
    })
  }

  /** Makes what is missing and ends what is too many, when all is quiet. To be called now and then: demand changes by itself as time passes. */
  tend(): void {
    while (!this.#closed && this.#making < makers && (this.#next() || this.#hasSurplus())) void this.#work()
  }

  /** Compares what waits with what a machine would be restored from now. */
  async drainStale(): Promise<void> {
    for (const shelf of this.#shelves.values()) {
      if (shelf.ready.length > 0) this.#drain(shelf, await this.#options.keyOf(shelf.profile.machine))
    }
    this.tend()
  }

  /** Lets go of every machine without ending it: the service is going away and will be back. */
  close(): void {
    this.#closed = true
    for (const { ready } of this.#shelves.values()) for (const waiter of ready.splice(0)) waiter.release()
  }

  #takeSeat(lab: string): void {
    const { reservations, log } = this.#options
    reservations.take(lab).catch((error) => log(`pool: a taken seat was not noted: ${String(error)}`))
  }

  async #work(): Promise<void> {
    this.#making++
    try {
      await this.#options.quiet()
      if (this.#closed) return
      for (const shelf of this.#shelves.values()) this.#trim(shelf)
      const shelf = this.#next()
      if (shelf) await this.#makeOne(shelf)
    } finally {
      this.#making--
    }
    this.tend()
  }

  async #makeOne(shelf: Shelf<M>): Promise<void> {
    shelf.warming++
    try {
      const made = await this.#options.make(shelf.profile.machine)
      shelf.lastError = null
      shelf.failures = 0
      if (this.#closed) made.release()
      else this.#put(shelf, made)
    } catch (error) {
      const patienceMs = Math.min(longestPatienceMs, firstPatienceMs * 2 ** shelf.failures++)
      shelf.notBefore = this.#now() + patienceMs
      this.noteFailure(shelf.profile.machine, error instanceof Error ? error.message : String(error))
    } finally {
      shelf.warming--
    }
  }

  #put(shelf: Shelf<M>, waiter: M): void {
    shelf.ready.push(waiter)
    waiter.onDead((reason) => {
      const at = shelf.ready.indexOf(waiter)
      if (at < 0) return
      shelf.ready.splice(at, 1)
      this.noteFailure(shelf.profile.machine, `A machine died while it waited: ${reason}`)
      this.#end(waiter)
      this.tend()
    })
  }

  /** The kind that lacks the greatest part of what it should have. */
  #next(): Shelf<M> | null {
    const lacking = [...this.#shelves.values()].filter(
      (shelf) => shelf.notBefore <= this.#now() && this.#missing(shelf) > 0,
    )
    const share = (shelf: Shelf<M>): number => this.#missing(shelf) / this.#target(shelf)
    const shelf = lacking.toSorted((a, b) => share(b) - share(a))[0]
    const full = shelf && this.#options.noRoom()
    if (!full) return shelf ?? null
    shelf.lastError = full
    return null
  }

  #missing(shelf: Shelf<M>): number {
    return this.#target(shelf) - shelf.ready.length - shelf.warming
  }

  #target({ profile, usedAt }: Shelf<M>): number {
    const isInUse = profile.id === this.#commonest || this.#now() - usedAt < inUseMs
    const reserved = this.#options.reservations
      .due()
      .map(({ lab, seats, taken }) => machinesFor(seats - taken, profile.labs.get(lab) ?? 0))
    return (isInUse ? this.#options.usual : 0) + reserved.reduce((total, one) => total + one, 0)
  }

  #hasSurplus(): boolean {
    return [...this.#shelves.values()].some((shelf) => shelf.ready.length > this.#target(shelf))
  }

  #trim(shelf: Shelf<M>): void {
    for (const waiter of shelf.ready.splice(this.#target(shelf))) this.#end(waiter)
  }

  #drain(shelf: Shelf<M>, key: string | null): void {
    const stale = shelf.ready.filter((waiter) => waiter.key !== key)
    shelf.ready = shelf.ready.filter((waiter) => waiter.key === key)
    for (const waiter of stale) this.#end(waiter)
  }

  #end(waiter: M): void {
    waiter.remove().catch((error) => this.#options.log(`pool: ending a machine: ${String(error)}`))
  }

  /** A variant that no sampled seed had brings a kind of its own. */
  #shelf(machine: Machine): Shelf<M> {
    const id = profileId(machine)
    let shelf = this.#shelves.get(id)
    if (!shelf) {
      shelf = emptyShelf({ id, machine, labs: new Map() })
      this.#shelves.set(id, shelf)
    }
    return shelf
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now()
  }
}

const emptyShelf = <M>(profile: Profile): Shelf<M> => ({
  profile,
  ready: [],
  warming: 0,
  handedOut: 0,
  usedAt: Number.NEGATIVE_INFINITY,
  lastError: null,
  failures: 0,
  notBefore: 0,
})
