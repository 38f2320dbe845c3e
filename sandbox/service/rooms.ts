/**
 * All rooms of this service: opened, found again after a crash, ended in time. Knows no HTTP.
 */
import type { Catalog } from '../../labs/catalog.ts'
import type { LabFolder } from '../../labs/folder.ts'
import type { Admission } from '../admission.ts'
import { counterStore, countersFile } from '../counters/store.ts'
import { isOutOfReach } from '../patience.ts'
import type { StartRequest } from '../protocol/requests.ts'
import type { Role, SandboxStatus } from '../protocol/status.ts'
import type { FoundSandbox, Sandboxes } from '../setup.ts'
import { Guests } from './guests.ts'
import type { Journal } from './journal.ts'
import type { LimitsByRole } from './limits.ts'
import type { ServicePool } from './pool.ts'
import { beingEnded, noSuchSandbox, Refusal, stillRecorded } from './problems.ts'
import { refusedByQuota } from './quota.ts'
import type { Recordings } from './recordings.ts'
import { Room, type RoomOptions } from './room.ts'

export interface RoomsOptions {
  sandboxes: Sandboxes
  pool: ServicePool
  admission: Admission
  recordings: Recordings
  labs: Catalog
  limits: LimitsByRole
  /** How many there may be in all. */
  machines: number
  suspendMs: number
  lingerSeconds: number
  /** Whether learners may go back to earlier moments of their machines. */
  rewind: boolean
  journal: Journal
  log: (line: string) => void
}

export class Rooms {
  #rooms = new Map<string, Room>()
  /** What was ended here, by id: whatever is left of it may go. */
  #ended = new Set<string>()
  #reaping: Promise<void> | null = null
  #options: RoomsOptions
  /** Who is at a machine that is not theirs, whichever it is. */
  readonly guests = new Guests()

  constructor(options: RoomsOptions) {
    this.#options = options
  }

  get pool(): ServicePool {
    return this.#options.pool
  }

  /** Opens a room, or gives the one of that id: a second click starts nothing. */
  open({ id, lab, seed, owner, role = 'learner' }: StartRequest): Room {
    const known = this.#rooms.get(id)
    if (known) {
      const isTheirs = known.status.owner === owner && known.status.lab === lab
      if (isTheirs && known.status.state === 'ended') throw beingEnded()
      if (isTheirs) return known
      throw new Refusal(409, {
        code: 'id-taken',
        message: 'This id names another sandbox.',
        remedy: 'Start again from the lab’s page.',
      })
    }
    const options = this.#roomOptions(id, lab, seed, owner, role)
    const { limits, machines } = this.#options
    const refusal = refusedByQuota([...this.#rooms.values()], owner, limits[role].machines, machines)
    if (refusal) throw refusal
    const room = Room.open(options)
    this.#rooms.set(id, room)
    return room
  }

  /** @throws Refusal 404 */
  find(id: string): Room | undefined {
    return this.#rooms.get(id)
  }

  get(id: string): Room {
    const room = this.#rooms.get(id)
    if (!room || room.status.state === 'ended') throw noSuchSandbox()
    return room
  }

  list(owner: string): SandboxStatus[] {
    return [...this.#rooms.values()].map((room) => room.status).filter((status) => status.owner === owner)
  }

  async end(id: string): Promise<void> {
    await this.#end(id, this.get(id))
  }

  /** After a boot: machines that outlived the last service come back; what cannot be used is removed. */
  async recover(): Promise<void> {
    const found = (await this.#options.sandboxes.find()).filter(isOurs)
    await Promise.all(found.map((one) => this.#place(one, found)))
  }

  /** Pauses what nobody looks at and ends what is over its time. */
  tick(now: number): void {
    for (const [id, room] of this.#rooms) {
      const step = room.stay.nextStep(now)
      if (step === 'nothing') continue
      const work = step === 'suspend' ? room.stay.suspend() : this.#expire(id, room)
      work.catch((error) => this.#options.log(`sandbox ${id}: ${step}: ${String(error)}`))
    }
  }

  /** Tries once more what could not be taken away or reached, and removes what no room knows. Who asks while that is going on waits for it. */
  reap(): Promise<void> {
    this.#reaping ??= this.#reap().finally(() => {
      this.#reaping = null
    })
    return this.#reaping
  }

  /** @throws UnknownLabError */
  labOf(id: string): LabFolder {
    return this.#options.labs.get(id)
  }

  /** What visitors did, until the app has taken it. */
  get journal(): Journal {
    return this.#options.journal
  }

  /** Recordings outlive their sandboxes: whose they are is the app's to know. */
  get recordings(): Recordings {
    return this.#options.recordings
  }

  /** What is recorded still is not removed under its writers: the machine is ended first. */
  async removeRecordings(id: string): Promise<void> {
    if (this.#rooms.has(id)) throw stillRecorded()
    await this.#options.recordings.remove(id)
  }

  /** Removes what was recorded of sandboxes whose time is over. */
  async sweep(): Promise<void> {
    await this.#options.recordings.sweep(this.#rooms)
  }

  releaseAll(): void {
    for (const room of this.#rooms.values()) room.release()
  }

  async #expire(id: string, room: Room): Promise<void> {
    if (room.status.state !== 'ended') this.#options.log(`sandbox ${id}: its time is over`)
    await this.#end(id, room)
  }

  async #end(id: string, room: Room): Promise<void> {
    this.#ended.add(id)
    await room.end()
    if (this.#rooms.get(id) === room) this.#rooms.delete(id)
  }

  async #reap(): Promise<void> {
    const { log } = this.#options
    for (const [id, room] of this.#rooms)
      if (room.status.state === 'ended')
        await this.#end(id, room).catch((error) => log(`sandbox ${id}: ending: ${String(error)}`))
    await this.recover()
  }

  /** What no room knows was ended here, or was out of reach when this service began: that one is somebody's still. */
  async #place(one: FoundSandbox, all: FoundSandbox[]): Promise<void> {
    const { sandbox, generation } = one.identity
    const room = this.#rooms.get(sandbox)
    const isOld = room
      ? room.status.generation > generation
      : all.some(({ identity }) => identity.sandbox === sandbox && identity.generation > generation)
    const isUseless = !room && (this.#ended.has(sandbox) || !one.container.running)
    if (isOld || isUseless) await this.#remove(one)
    else if (!room) await this.#recoverOne(one)
  }

  async #recoverOne(found: FoundSandbox): Promise<void> {
    const { sandbox, lab, seed, owner } = found.identity
    try {
      // The machine itself remembers whose role it was started for.
      const room = await Room.recover(this.#roomOptions(sandbox, lab, seed, owner, 'learner'), found)
      // Meanwhile its learner has asked for another one.
      if (this.#rooms.has(sandbox)) return room.release()
      this.#rooms.set(sandbox, room)
      this.#options.log(`sandbox ${sandbox}: found again`)
    } catch (error) {
      if (isOutOfReach(error) && !this.#isOverdue(found))
        return this.#options.log(`sandbox ${sandbox}: out of reach (${String(error)})`)
      this.#options.log(`sandbox ${sandbox}: cannot be used any more (${String(error)})`)
      await this.#remove(found)
    }
  }

  /** One that cannot be asked for its deadline stays as long as any may. */
  #isOverdue({ identity }: FoundSandbox): boolean {
    const longest = Math.max(...Object.values(this.#options.limits).map((one) => one.longestMinutes))
    return Date.now() > Date.parse(identity.started) + longest * 60_000
  }

  /** One that does not go must not keep the others from what is done for them; the reaper tries it again. */
  async #remove({ container, identity }: FoundSandbox): Promise<void> {
    const { sandboxes, log } = this.#options
    log(`sandbox ${identity.sandbox}: removing container ${container.name}`)
    await sandboxes.driver
      .remove(container.id)
      .catch((error) =>
        log(`sandbox ${identity.sandbox}: ${container.name} was not removed: ${String(error)}`),
      )
  }

  #roomOptions(id: string, lab: string, seed: number, owner: string, role: Role): RoomOptions {
    const { recordings, labs, log, ...same } = this.#options
    const named = (line: string) => log(`sandbox ${id}: ${line}`)
    const labOf = (lab: string): LabFolder => labs.get(lab)
    const store = counterStore({ file: countersFile(recordings.folderOf(id)), log })
    return { ...same, recordings, labOf, lab: labOf(lab), id, seed, owner, role, store, log: named }
  }
}

/** The command line's own sandboxes end themselves: their owner is a process, not a person. */
const isOurs = ({ identity }: FoundSandbox): boolean => !identity.owner.startsWith('cli:')
