/**
 * Seats reserved ahead: so many starts of a lab, until a time. Kept in a file, so that a service that was killed knows them again. Knows no machine.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type Reservation, type ReservationRequest, reservationSchema } from './protocol/pool.ts'

/** Forty cold starts take three quarters of a minute (docs/performance.md, "Storm"); the pool makes two at a time, and only when all is quiet. */
const makingMs = 10_000
/** For what comes between: starts, checks, a boot. */
const marginMs = 10 * 60_000

/** When the first of so many is made, for all to be ready by then. */
const begin = (warmBy: string, seats: number): number => Date.parse(warmBy) - seats * makingMs - marginMs

export class Reservations {
  readonly #file: string
  readonly #now: () => number
  #all: Reservation[]
  #writing: Promise<void> = Promise.resolve()

  private constructor(file: string, all: Reservation[], now: () => number) {
    this.#file = file
    this.#all = all
    this.#now = now
  }

  /** A file that cannot be read is no reason not to start: its seats are only prepared ahead, never refused. */
  static async open(file: string, log: (line: string) => void, now = Date.now): Promise<Reservations> {
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) return new Reservations(file, [], now)
    try {
      return new Reservations(file, z.array(reservationSchema).parse(JSON.parse(text)), now)
    } catch (error) {
      log(`pool: ${file} cannot be read, its reservations are forgotten (${String(error).slice(0, 200)})`)
      return new Reservations(file, [], now)
    }
  }

  /** Those in force, the first to end first. */
  list(): Reservation[] {
    this.#all = this.#all.filter(({ until }) => Date.parse(until) > this.#now())
    return this.#all.toSorted((a, b) => a.until.localeCompare(b.until))
  }

  /** Those whose machines are to be made or kept now. */
  due(): Reservation[] {
    return this.list().filter(({ warmBy, seats }) => !warmBy || this.#now() >= begin(warmBy, seats))
  }

  async add({ lab, seats, warmBy, until }: ReservationRequest): Promise<Reservation> {
    const reservation = {
      ...{ id: randomUUID(), lab, seats, taken: 0 },
      ...(warmBy !== undefined && { warmBy: new Date(warmBy).toISOString() }),
      until: new Date(until).toISOString(),
    }
    this.#all.push(reservation)
    await this.#write()
    return reservation
  }

  /** False when there is none of that id, or no longer. */
  async cancel(id: string): Promise<boolean> {
    if (!this.list().some((one) => one.id === id)) return false
    this.#all = this.#all.filter((one) => one.id !== id)
    await this.#write()
    return true
  }

  /** Somebody sits down: the seat need not be kept ready any longer. */
  async take(lab: string): Promise<void> {
    const first = this.list().find((one) => one.lab === lab && one.taken < one.seats)
    if (!first) return
    this.#all = this.#all.map((one) => (one === first ? { ...one, taken: one.taken + 1 } : one))
    await this.#write()
  }

  /** Whole or not at all, one after the other, whoever is killed meanwhile. */
  #write(): Promise<void> {
    this.#writing = this.#writing
      .catch(() => {})
      .then(async () => {
        await mkdir(path.dirname(this.#file), { recursive: true })
        await writeFile(`${this.#file}.new`, JSON.stringify(this.list(), null, 2))
        await rename(`${this.#file}.new`, this.#file)
      })
    return this.#writing
  }
}
