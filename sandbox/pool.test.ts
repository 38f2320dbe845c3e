import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Machine } from '../labs/schema.ts'
import { Pool, type PoolOptions, type Waiter } from './pool.ts'
import { machinesFor, type Profile, profileId } from './profiles.ts'
import { Reservations } from './reservations.ts'

const machineOf = (memoryMb: number): Machine => ({ nic: 'igb', vcpus: 2, memoryMb, prepare: '' })
const plain = machineOf(256)
const other = machineOf(512)

const profile = (machine: Machine, labs: Record<string, number>): Profile => ({
  id: profileId(machine),
  machine,
  labs: new Map(Object.entries(labs)),
})

interface Fake extends Waiter {
  name: string
  removed: boolean
  released: boolean
  die(reason: string): void
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ringside-pool-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function stage(options: Partial<PoolOptions<Fake>> = {}) {
  const clock = { now: Date.parse('2026-01-01T00:00:00Z') }
  const made: Fake[] = []
  const keys = new Map([plain, other].map((machine) => [profileId(machine), `${machine.memoryMb}-a`]))
  const now = () => clock.now
  const reservations = await Reservations.open(path.join(folder, 'reservations.json'), () => {}, now)
  const pool = new Pool<Fake>({
    profiles: [
      profile(plain, { 'accept-queue': 0.5, 'fd-limit': 1 }),
      profile(other, { 'accept-queue': 0.5 }),
    ],
    reservations,
    usual: 1,
    async make(machine) {
      const fake = fakeWaiter(`m${made.length + 1}`, keys.get(profileId(machine)) ?? '')
      made.push(fake)
      return fake
    },
    keyOf: async (machine) => keys.get(profileId(machine)) ?? null,
    quiet: () => Promise.resolve(),
    noRoom: () => null,
    log() {},
    now,
    ...options,
  })
  const of = (machine: Machine) => pool.state().find(({ id }) => id === profileId(machine))
  const reserve = (lab: string, seats: number, minutes = 60) =>
    reservations.add({ lab, seats, until: new Date(clock.now + minutes * 60_000).toISOString() })
  return { pool, made, keys, clock, reservations, of, reserve }
}

function fakeWaiter(name: string, key: string): Fake {
  let dies: (reason: string) => void = () => {}
  const fake: Fake = {
    name,
    key,
    removed: false,
    released: false,
    onDead: (listener) => {
      dies = listener
    },
    die: (reason) => dies(reason),
    release: () => {
      fake.released = true
    },
    remove: async () => {
      fake.removed = true
    },
  }
  return fake
}

/** Until nothing more happens by itself. */
async function settle(): Promise<void> {
  for (let i = 0; i < 200; i++) await turn()
}

describe('a pool', () => {
  test('keeps one of the commonest kind ready while nobody has started anything', async () => {
    const { pool, of } = await stage()
    pool.tend()
    await settle()
    expect(of(plain)).toMatchObject({ target: 1, ready: 1, warming: 0, lastError: null })
    expect(of(other)).toMatchObject({ target: 0, ready: 0 })
  })

  test('hands out the one that waits longest and makes another', async () => {
    const { pool, of, reserve } = await stage()
    await reserve('fd-limit', 2)
    pool.tend()
    await settle()
    expect(of(plain)).toMatchObject({ target: 3, ready: 3 })
    expect(pool.take(plain, '256-a')?.name).toBe('m1')
    pool.noteStart('fd-limit', plain)
    expect(pool.take(plain, '256-a')?.name).toBe('m2')
    pool.noteStart(null, plain)
    await settle()
    expect(of(plain)).toMatchObject({ target: 2, ready: 2, handedOut: 2 })
  })

  test('has none of a kind that is not kept, and keeps one once it was asked for, for a while', async () => {
    const { pool, of, clock, made } = await stage()
    expect(pool.take(other, '512-a')).toBeNull()
    pool.noteStart('accept-queue', other)
    await settle()
    expect(of(other)).toMatchObject({ target: 1, ready: 1 })
    clock.now += 31 * 60_000
    pool.tend()
    await settle()
    expect(of(other)).toMatchObject({ target: 0, ready: 0 })
    expect(made.filter(({ removed }) => removed)).toHaveLength(1)
  })

  test('never hands out what was restored from another template', async () => {
    const { pool, made, keys, of } = await stage()
    pool.tend()
    await settle()
    keys.set(profileId(plain), '256-b')
    expect(pool.take(plain, '256-b')).toBeNull()
    expect(made[0]?.removed).toBe(true)
    pool.tend()
    await settle()
    expect(of(plain)).toMatchObject({ ready: 1 })
    expect(pool.take(plain, '256-b')?.name).toBe('m2')
  })

  test('drains what was restored from a template that has changed or is gone, without being asked for one', async () => {
    const { pool, made, keys } = await stage()
    pool.tend()
    await settle()
    await pool.drainStale()
    expect(made[0]?.removed).toBe(false)
    keys.delete(profileId(plain))
    await pool.drainStale()
    expect(made[0]?.removed).toBe(true)
  })

  test('notices one that dies, removes it, says so, and makes another', async () => {
    const { pool, made, of } = await stage()
    pool.tend()
    await settle()
    made[0]?.die('QEMU was killed')
    expect(pool.take(plain, '256-a')).toBeNull()
    await settle()
    expect(made[0]?.removed).toBe(true)
    expect(pool.take(plain, '256-a')?.name).toBe('m2')
    expect(of(plain)?.handedOut).toBe(1)
  })

  test('tells why it could not make one, and is not in a hurry to try again', async () => {
    let attempts = 0
    const { pool, of, clock } = await stage({
      make: async () => {
        attempts++
        throw new Error('The disk is full.')
      },
    })
    pool.tend()
    await settle()
    expect(of(plain)).toMatchObject({ ready: 0, warming: 0, lastError: 'The disk is full.' })
    pool.tend()
    await settle()
    expect(attempts).toBe(1)
    clock.now += 5_000
    pool.tend()
    await settle()
    expect(attempts).toBe(2)
  })

  test('makes nothing while others would be slowed down, or memory is short', async () => {
    let letGo = (): void => {}
    const quiet = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let full: string | null = 'Only 3 MB are left.'
    const { pool, of, made } = await stage({ quiet: () => quiet, noRoom: () => full })
    pool.tend()
    await settle()
    expect(of(plain)).toMatchObject({ ready: 0, lastError: 'Only 3 MB are left.' })
    full = null
    pool.tend()
    await settle()
    expect(made).toHaveLength(0)
    letGo()
    await settle()
    expect(of(plain)).toMatchObject({ ready: 1, lastError: null })
  })

  test('lets go of its machines without ending them when the service stops', async () => {
    const { pool, made } = await stage()
    pool.tend()
    await settle()
    pool.close()
    pool.tend()
    await settle()
    expect(made).toMatchObject([{ released: true, removed: false }])
  })

  test('takes back what an earlier service made, and no more than it needs', async () => {
    const { pool, of, made } = await stage()
    const earlier = ['e1', 'e2'].map((name) => fakeWaiter(name, '256-a'))
    for (const one of earlier) pool.adopt(plain, one)
    pool.tend()
    await settle()
    expect(made).toEqual([])
    expect(of(plain)?.ready).toBe(1)
    expect(earlier.map(({ removed }) => removed)).toEqual([false, true])
  })
})

describe('a reservation', () => {
  test('raises what is kept of every kind that the lab may need, until it ends', async () => {
    const { pool, of, reserve, clock } = await stage()
    await reserve('accept-queue', 8, 10)
    pool.tend()
    await settle()
    // Half of 8 and two standard deviations: which seeds come is not known before.
    expect(of(plain)).toMatchObject({ target: 8, ready: 8 })
    expect(of(other)).toMatchObject({ target: 7, ready: 7 })
    clock.now += 10 * 60_000 + 1
    pool.tend()
    await settle()
    expect(of(plain)).toMatchObject({ target: 1, ready: 1 })
    expect(of(other)).toMatchObject({ target: 0, ready: 0 })
  })

  test('that is wanted by a time is made shortly before it, and stays until its end', async () => {
    const { pool, of, reservations, clock } = await stage()
    const at = (minutes: number) => new Date(clock.now + minutes * 60_000).toISOString()
    await reservations.add({ lab: 'fd-limit', seats: 8, warmBy: at(120), until: at(180) })
    expect(of(plain)).toMatchObject({ target: 1 })
    expect(reservations.list()).toHaveLength(1)
    clock.now += 105 * 60_000
    expect(of(plain)).toMatchObject({ target: 1 })
    clock.now += 4 * 60_000
    pool.tend()
    await settle()
    expect(of(plain)).toMatchObject({ target: 9, ready: 9 })
    clock.now += 20 * 60_000
    expect(of(plain)).toMatchObject({ target: 9 })
  })

  test('is used up by the lab’s starts, those that end soonest first, and not by others', async () => {
    const { reservations, reserve } = await stage()
    const late = await reserve('fd-limit', 1, 50)
    const soon = await reserve('fd-limit', 1, 10)
    const elsewhere = await reserve('accept-queue', 1, 5)
    const taken = () => Object.fromEntries(reservations.list().map(({ id, taken }) => [id, taken]))
    await reservations.take('fd-limit')
    expect(taken()).toEqual({ [soon.id]: 1, [late.id]: 0, [elsewhere.id]: 0 })
    await reservations.take('fd-limit')
    await reservations.take('fd-limit')
    expect(taken()).toEqual({ [soon.id]: 1, [late.id]: 1, [elsewhere.id]: 0 })
  })

  test('is known again after a crash, and gone when cancelled', async () => {
    const { reservations, reserve, clock } = await stage()
    const kept = await reserve('fd-limit', 3)
    const cancelled = await reserve('fd-limit', 4)
    await reservations.take('fd-limit')
    expect(await reservations.cancel(cancelled.id)).toBe(true)
    expect(await reservations.cancel(cancelled.id)).toBe(false)
    const file = path.join(folder, 'reservations.json')
    const again = await Reservations.open(
      file,
      () => {},
      () => clock.now,
    )
    expect(again.list()).toEqual([{ ...kept, taken: 1 }])
  })

  test('file that cannot be read is told and keeps nobody from starting', async () => {
    const lines: string[] = []
    const { writeFile } = await import('node:fs/promises')
    const file = path.join(folder, 'broken.json')
    await writeFile(file, '[{"lab":')
    const again = await Reservations.open(file, (line) => lines.push(line))
    expect(again.list()).toEqual([])
    expect(lines.join()).toMatch(/reservations are forgotten/)
  })
})

describe('the machines for so many seats', () => {
  test('are as many as the seats when all variants use one kind', () => {
    expect(machinesFor(40, 1)).toBe(40)
  })

  test('are some more than the share of the variants, and never more than the seats', () => {
    expect(machinesFor(40, 0.5)).toBe(27)
    expect(machinesFor(1, 0.5)).toBe(1)
    expect(machinesFor(40, 0)).toBe(0)
    expect(machinesFor(0, 0.5)).toBe(0)
  })
})
