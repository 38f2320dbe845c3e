/**
 * The service's pool: the logic of ../pool.ts over real machines, filled again after a boot with what the last service left. Knows no HTTP.
 */
import os from 'node:os'
import path from 'node:path'
import type { Catalog } from '../../labs/catalog.ts'
import type { Machine } from '../../labs/schema.ts'
import type { Admission } from '../admission.ts'
import type { ContainerInfo } from '../driver.ts'
import { poolKeyOf } from '../labels.ts'
import { isOutOfReach } from '../patience.ts'
import { Pool } from '../pool.ts'
import { ClaimedError, type PooledMachine } from '../pooled.ts'
import { profilesOf } from '../profiles.ts'
import type { PoolState, Reservation, ReservationRequest } from '../protocol/pool.ts'
import { Reservations } from '../reservations.ts'
import type { Sandboxes, StartPool } from '../setup.ts'
import { Refusal } from './problems.ts'

export interface ServicePoolOptions {
  sandboxes: Sandboxes
  labs: Catalog
  home: string
  usual: number
  lingerSeconds: number
  admission: Admission
  log: (line: string) => void
}

export interface ServicePool extends StartPool {
  state(): PoolState
  reserve(request: ReservationRequest): Promise<Reservation>
  cancel(id: string): Promise<void>
  /** After a boot, when every sandbox is found again: machines that wait come back, others of the pool are removed. Then the pool is kept full. */
  recover(): Promise<void>
  close(): void
}

/** A little more than the processors: part of each start is waiting (docs/performance.md, "Storm"). */
export const startsAtOnce = (): number => os.availableParallelism() + 1

const tendEveryMs = 15_000
/** What a pool must leave free: for the machines of those who work, and for whatever else runs here. */
const spareMemoryMb = 1_024
const longestReservationMs = 7 * 24 * 3_600_000

export async function openPool(options: ServicePoolOptions): Promise<ServicePool> {
  const { sandboxes, labs, home, usual, lingerSeconds, admission, log } = options
  const reservations = await Reservations.open(path.join(home, 'reservations.json'), log)
  const profiles = profilesOf(labs)
  const pool = new Pool<PooledMachine>({
    profiles,
    reservations,
    usual,
    make: (machine) => sandboxes.makePooled(machine, lingerSeconds),
    keyOf: (machine) => sandboxes.poolKey(machine),
    quiet: () => admission.quiet(),
    noRoom,
    log,
  })
  let timer: NodeJS.Timeout | undefined

  async function machinesByKey(): Promise<Map<string, Machine>> {
    const keys = await Promise.all(profiles.map(({ machine }) => sandboxes.poolKey(machine)))
    return new Map(profiles.flatMap(({ machine }, i) => (keys[i] ? [[keys[i], machine] as const] : [])))
  }

  async function adopt(container: ContainerInfo, machine: Machine | undefined): Promise<void> {
    try {
      if (!machine) throw new Error('its template is no longer there')
      if (!container.running) throw new Error('it has ended')
      pool.adopt(machine, await sandboxes.adoptPooled(container))
      log(`pool: ${container.name} found again`)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      // Somebody's work may be on it. Out of reach it ends by itself, once nobody is connected to it for long enough.
      if (error instanceof ClaimedError || isOutOfReach(error))
        return log(`pool: leaving ${container.name} alone (${why})`)
      log(`pool: removing ${container.name} (${why})`)
      await sandboxes.driver.remove(container.id).catch((error) => log(`pool: ${String(error)}`))
    }
  }

  return {
    take: (machine, key) => pool.take(machine, key),
    noteStart: (lab, machine) => pool.noteStart(lab, machine),
    noteFailure: (machine, reason) => pool.noteFailure(machine, reason),
    state: () => ({ profiles: pool.state(), reservations: reservations.list(), starts: admission.state }),
    async reserve(request) {
      // An unknown lab is refused by name.
      labs.get(request.lab)
      requireTime(Date.parse(request.until))
      if (request.warmBy && Date.parse(request.warmBy) >= Date.parse(request.until)) throw badWarmBy()
      const reservation = await reservations.add(request)
      pool.tend()
      return reservation
    },
    async cancel(id) {
      if (!(await reservations.cancel(id))) throw noSuchReservation()
      pool.tend()
    },
    async recover() {
      const [found, machines] = await Promise.all([sandboxes.findPooled(), machinesByKey()])
      await Promise.all(found.map((one) => adopt(one, machines.get(poolKeyOf(one.labels) ?? ''))))
      pool.tend()
      timer = setInterval(() => {
        pool.drainStale().catch((error) => log(`pool: ${String(error)}`))
      }, tendEveryMs)
    },
    close() {
      clearInterval(timer)
      pool.close()
    },
  }
}

/** What the system can give without taking it from anybody: Linux's MemAvailable. */
function noRoom(): string | null {
  const freeMb = Math.round(os.freemem() / 1024 ** 2)
  return freeMb >= spareMemoryMb
    ? null
    : `Only ${freeMb} MB of memory are left; the pool keeps ${spareMemoryMb} MB free.`
}

function requireTime(until: number): void {
  const ahead = until - Date.now()
  if (ahead > 0 && ahead <= longestReservationMs) return
  throw new Refusal(400, {
    code: 'bad-time',
    message: 'Seats can be reserved until a time within the next seven days.',
    remedy: 'Give such a time, or reserve on the day.',
  })
}

const badWarmBy = (): Refusal =>
  new Refusal(400, {
    code: 'bad-warm-by',
    message: 'Seats are ready by a time that lies before the one until which they are kept.',
    remedy: 'Give the beginning of the workshop, and its end after it.',
  })

const noSuchReservation = (): Refusal =>
  new Refusal(404, {
    code: 'no-reservation',
    message: 'There is no such reservation, or its time is over.',
    remedy: '`npm run ringside -- pool` shows those in force.',
  })
