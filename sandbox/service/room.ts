/**
 * One learner's sandbox over its whole life: starting, ready, reset, checked, dead, ended. Holds the status that everybody watches.
 * Knows no HTTP and no WebSocket.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { LabFolder } from '../../labs/folder.ts'
import type { Given } from '../../labs/schema.ts'
import type { Admission } from '../admission.ts'
import type { LivePolicy } from '../counters/rights.ts'
import { Sampler } from '../counters/sampler.ts'
import type { CounterStore } from '../counters/store.ts'
import { asInjected, inject, isOfKind } from '../inject.ts'
import type { RunningMachine } from '../machine.ts'
import { reachPatiently } from '../patience.ts'
import type { CheckResponse } from '../protocol/requests.ts'
import type { Role, SandboxStatus, StartStep } from '../protocol/status.ts'
import type { FoundSandbox, Sandboxes, StartPool } from '../setup.ts'
import { inCheckLine, refuseToCheck } from './checkable.ts'
import { Diagnosis } from './diagnosis.ts'
import type { Journal } from './journal.ts'
import type { LimitsByRole } from './limits.ts'
import { Moments } from './moments.ts'
import {
  beingBroken,
  beingReached,
  hasStopped,
  noSuchSandbox,
  notReady,
  replaced,
  toProblem,
  unfit,
} from './problems.ts'
import type { Recordings } from './recordings.ts'
import { settle } from './settle.ts'
import { Shells } from './shells.ts'
import { askedFor } from './status.ts'
import { Stay } from './stay.ts'
import { queueStep, withStep } from './steps.ts'
import type { Terminals } from './terminals.ts'
import { type VisitNote, type Visitor, Visits } from './visits.ts'

export interface RoomOptions {
  sandboxes: Sandboxes
  pool: StartPool
  admission: Admission
  recordings: Recordings
  lab: LabFolder
  labOf(id: string): LabFolder
  id: string
  seed: number
  owner: string
  role: Role
  limits: LimitsByRole
  suspendMs: number
  lingerSeconds: number
  store: CounterStore
  /** Who may see the counters live; as the lab says when not told. */
  liveCounters?: LivePolicy
  /** Whether its learner may go back to earlier moments. */
  rewind: boolean
  /** Keeps what visitors did here. */
  journal: Pick<Journal, 'add'>
  /** Says beside each line whose sandbox it is. */
  log: (line: string) => void
}

/** What is recorded is on the disk much sooner, and the world has answered. */
const letGoMs = 5_000

export class Room {
  /** What the machine counts, for whoever watches. */
  readonly counters: Sampler
  /** How long the machine stays, and whether it sleeps. */
  readonly stay: Stay
  /** Earlier moments of the machine, to go back to. */
  readonly moments: Moments
  /** Its shells, over all of its machines. */
  readonly shells: Shells
  /** Who looks at it, and who may type there, besides its owner. */
  readonly visits: Visits
  #diagnosis: Diagnosis
  /** What the machine is becoming. A reset meanwhile brings a fresh one of that. */
  #injecting: { lab: LabFolder; seed: number } | null = null
  #options: RoomOptions
  #status: SandboxStatus
  #machine: RunningMachine | null = null
  /** The one whose connection broke: until it is another, nothing can be asked of it. */
  #outOfReach: RunningMachine | null = null
  #starting: Promise<void> | null = null
  #ending: Promise<void> | null = null
  #giveUp = new AbortController()
  #listeners = new Set<(status: SandboxStatus) => void>()

  private constructor(options: RoomOptions, status: Partial<SandboxStatus>) {
    this.#options = options
    this.#diagnosis = this.#undiagnosed(options)
    this.moments = new Moments({
      allowed: options.rewind,
      link: () => this.machine.link,
      occupied: () => this.#occupied(),
      change: (rewind) => this.#change({ rewind }),
      log: options.log,
    })
    this.#status = {
      ...askedFor(options),
      liveCounters: this.#diagnosis.liveCounters,
      rewind: this.moments.rewind,
      ...status,
    }
    this.shells = new Shells({
      ...options,
      title: this.title,
      status: () => this.#status,
      moments: this.moments,
    })
    this.visits = new Visits({
      obstacle: () =>
        this.#status.state === 'ready' && this.#status.suspendedAt === null ? null : 'machine',
      note: (visitor, note) => this.#noteVisit(visitor, note),
    })
    this.counters = new Sampler({ subject: () => this.#subject(), store: options.store })
    this.stay = new Stay({
      ...options,
      status: () => this.#status,
      change: (change) => this.#change(change),
      link: () => this.#machine?.link ?? null,
    })
  }

  /** A new sandbox; its start goes on after this returns. */
  static open(options: RoomOptions): Room {
    const room = new Room(options, {})
    room.#begin()
    return room
  }

  /** A sandbox that an earlier service started. @throws when its machine does not answer or was never finished */
  static async recover(options: RoomOptions, found: FoundSandbox): Promise<Room> {
    const { generation, started, expires } = found.identity
    const room = new Room(options, { generation, startedAt: started, expiresAt: expires })
    const { machine, recalled, died } = await room.#reach(found)
    room.#options = { ...room.#options, role: room.stay.role }
    room.#isNow(machine.lab, machine.identity.seed)
    if (died === null) room.#adopt(machine, recalled)
    else room.#bury(machine, recalled, died)
    return room
  }

  /** The lab's, as learners know it. */
  get title(): string {
    return this.#options.lab.lab.meta.title
  }

  get lastSign(): number {
    return this.stay.lastSign
  }

  get status(): SandboxStatus {
    return this.#status
  }

  /** The machine, once it is ready. @throws Refusal while there is none */
  get machine(): RunningMachine {
    this.#refuseWhileOutOfReach()
    if (this.#machine && this.#status.state === 'ready') return this.#machine
    throw notReady(this.#status)
  }

  /** The machine's shells. @throws Refusal while there is no machine */
  get terminals(): Terminals {
    this.#refuseWhileOutOfReach()
    const { current } = this.shells
    if (current) return current
    throw notReady(this.#status)
  }

  /** The shell that waits since the start, for the first who asks. */
  takeFirstTerminal(): number | null {
    const { machine } = this
    const terminal = machine.firstTerminal
    machine.firstTerminal = null
    return terminal
  }

  /** Hears every change of the status until the returned function is called. */
  watch(listener: (status: SandboxStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async extend(): Promise<SandboxStatus> {
    await this.stay.extend()
    return this.#status
  }

  /** It was handed in: nothing runs there any more but its check. */
  async freeze(): Promise<SandboxStatus> {
    if (!this.#machine || this.#status.state !== 'ready') throw notReady(this.#status)
    if (!this.#status.frozen) this.shells.mark('handed in')
    await this.stay.freeze()
    return this.#status
  }

  async check(answers: Given | null): Promise<CheckResponse> {
    if (!this.#machine || this.#status.state !== 'ready') throw notReady(this.#status)
    if (this.#injecting) throw beingBroken()
    refuseToCheck(this.#options.lab, answers, this.#status.checking)
    this.moments.refuseWhileBusy()
    const { generation } = this.#status
    this.#change({ checking: true })
    try {
      return await inCheckLine(this.#options.admission, () => this.#checkNow(generation, answers), {
        onWait: (checksAhead) => this.#ifStill(generation, { checksAhead }),
        signal: this.#giveUp.signal,
      })
    } finally {
      // A machine that has come in its place may be in the line itself.
      this.#ifStill(generation, { checking: false, checksAhead: 0 })
    }
  }

  /** Its turn has come. While it waited the machine could sleep, and could be reset. */
  async #checkNow(generation: number, answers: Given | null): Promise<CheckResponse> {
    if (this.#status.generation !== generation) throw replaced()
    const { machine } = this
    this.#change({ checksAhead: 0 })
    this.shells.mark('check')
    const result = await this.stay.whileChecked(() => machine.check(answers))
    this.shells.mark(`verdict: ${result.verdict.status}`)
    // After an outage the diagnosis is asked for again: what would tell it stays hidden.
    if (answers && result.verdict.status !== 'error')
      this.#background(this.#diagnosis.made(machine.link), 'remembering the diagnosis')
    return result as CheckResponse
  }

  /**
   * The fault of another lab on the machine as it runs: from then on it is that lab's, before-figures, check, reset and all. Where it cannot be
   * done to this machine it is done to a fresh one.
   */
  async inject(lab: LabFolder, seed: number): Promise<SandboxStatus> {
    const { machine } = this
    if (lab.lab.meta.id === this.#status.lab && seed === this.#status.seed) return this.#status
    if (!isOfKind(machine, lab, seed)) throw unfit()
    this.moments.refuseWhileBusy()
    if (this.#injecting || this.#occupied()) throw beingBroken()
    const injecting = { lab, seed }
    this.#injecting = injecting
    this.#change({ baseline: 'measuring' })
    this.shells.mark('another fault')
    try {
      const other = await this.stay.whileAwake(() =>
        this.#options.admission.start(async () => {
          await this.moments.dropAll(machine.link)
          return inject(machine, lab, seed)
        }),
      )
      if (this.#machine === machine) this.#becomes(other)
    } catch (error) {
      this.#options.log(`a fresh machine for ${lab.lab.meta.id}: ${String(error)}`)
      // Else it was reset or ended meanwhile.
      if (this.#injecting === injecting && this.#status.state !== 'ended') this.reset()
    } finally {
      if (this.#injecting === injecting) this.#injecting = null
    }
    return this.#status
  }

  /** A fresh broken machine of the same variant. A second call while one is on its way changes nothing. */
  reset(): SandboxStatus {
    if (this.#status.state === 'ended') throw noSuchSandbox()
    if (this.#starting) return this.#status
    if (this.#injecting) this.#isNow(this.#injecting.lab, this.#injecting.seed)
    this.#injecting = null
    const old = this.#machine
    this.#machine = null
    const letGo = this.#letGoOfShells('reset')
    this.#change({ ...askedFor(this.#options), generation: this.#status.generation + 1 })
    this.moments.forget()
    // The new machine does not wait for the old one's end: their containers have different names.
    if (old)
      this.#background(
        letGo.then(() => old.dispose()),
        'ending the old machine',
      )
    this.#begin()
    return this.#status
  }

  /** Ends the machine and all that belongs to it. What could not be taken away is tried again at the next call. */
  end(): Promise<void> {
    this.#ending ??= this.#end().finally(() => {
      this.#ending = null
    })
    return this.#ending
  }

  async #end(): Promise<void> {
    if (this.#status.state !== 'ended') this.#change({ state: 'ended' })
    this.#giveUp.abort(noSuchSandbox())
    await this.#starting
    await this.#letGoOfShells('end')
    await this.#machine?.dispose()
    this.#machine = null
  }

  /** Lets go of the machine without ending it: the service is going away and will be back. */
  release(): void {
    this.#machine?.link.close()
  }

  /** What a world that does not answer has still to tell is not waited for: its container would stay for ever. */
  #letGoOfShells(mark: string): Promise<unknown> {
    const patience = delay(letGoMs, undefined, { ref: false })
    return Promise.race([this.shells.letGo(mark), patience])
  }

  #begin(): void {
    this.#starting = this.#start().finally(() => {
      this.#starting = null
    })
  }

  async #start(): Promise<void> {
    const { sandboxes, admission, role, limits } = this.#options
    const { lifetimeMinutes } = limits[role]
    const { generation } = this.#status
    const asked = performance.now()
    const onStep = (step: StartStep) => this.#change({ steps: withStep(this.#status.steps, step) })
    const request = { ...this.#options, lifetimeMinutes, generation, asked, onStep }
    try {
      // Waiting is a step of its own: no other step's time, and no deadline, begins before its turn.
      const turn = queueStep(asked, onStep)
      const machine = await admission.start(
        () => {
          turn.begin()
          return sandboxes.start(request)
        },
        { onWait: turn.onWait, signal: this.#giveUp.signal },
      )
      this.#adopt(machine, null)
      this.#background(this.stay.begin(), 'keeping its deadline')
    } catch (error) {
      if (this.#status.state === 'ended') return
      this.#options.log(`start failed: ${String(error)}`)
      this.#change({ state: 'failed', baseline: 'failed', problem: toProblem(error) })
    }
  }

  /** @param recalled of one that was there before; null for one that has just been started */
  #adopt(machine: RunningMachine, recalled: Partial<SandboxStatus> | null): void {
    this.#machine = machine
    this.shells.open(machine.link)
    machine.link.onDead((reason) => this.#background(this.#lost(machine, reason), 'reaching it again'))
    if (this.#status.state !== 'ended')
      this.#change({ state: 'ready', startMs: machine.timings.startMs, ...recalled })
    this.#background(this.#diagnosis.remember(machine.link), 'remembering the diagnosis')
    this.#settleLater(machine, recalled === null)
  }

  /** After the starts of others: those who wait for a machine come before those who have one. */
  #settleLater(machine: RunningMachine, isNew: boolean): void {
    const settled = this.#options.admission.later(() => this.#settle(machine))
    this.#background(settled, 'taking the before-figures')
    // The start is kept after the before-figures, so that they stay those of the machine that one goes back to.
    this.#background(
      settled.then(async () => {
        if (this.#machine === machine) await this.moments.adopt(machine.link, isNew)
      }),
      'its moments',
    )
  }

  /** The same container, the same shells, another lab. */
  #becomes(machine: RunningMachine): void {
    this.#machine = machine
    machine.link.onDead((reason) => this.#background(this.#lost(machine, reason), 'reaching it again'))
    this.#isNow(machine.lab, machine.identity.seed)
    this.#change({ problem: null })
    this.#settleLater(machine, true)
  }

  #isNow(lab: LabFolder, seed: number): void {
    this.#options = { ...this.#options, lab, seed }
    this.#diagnosis = this.#undiagnosed(this.#options)
    const { liveCounters } = this.#diagnosis
    this.#status = { ...this.#status, lab: lab.lab.meta.id, seed, liveCounters }
  }

  #undiagnosed({ lab: { lab }, liveCounters }: RoomOptions): Diagnosis {
    const diagnosis: Diagnosis = new Diagnosis({
      lab,
      policy: liveCounters,
      // One of a lab that the machine is no more tells nothing about this one.
      changed: (shown) => {
        if (this.#diagnosis === diagnosis) this.#change({ liveCounters: shown })
      },
    })
    return diagnosis
  }

  async #settle(machine: RunningMachine): Promise<void> {
    if (this.#machine !== machine || this.#status.state === 'ended') return
    try {
      await settle(machine, {
        asleep: () => this.#status.suspendedAt !== null,
        log: this.#options.log,
      })
      this.#ifCurrent(machine, { baseline: 'taken' })
    } catch (error) {
      this.#ifCurrent(machine, { baseline: 'failed', problem: toProblem(error) })
    }
  }

  /** Who is asked for counters: nobody while the machine does not run. */
  #subject() {
    const { state, generation, suspendedAt } = this.#status
    return this.#machine && state === 'ready' && suspendedAt === null
      ? { generation, link: this.#machine.link }
      : null
  }

  #occupied(): 'baseline' | 'check' | null {
    if (this.#status.checking) return 'check'
    return this.#status.baseline === 'measuring' ? 'baseline' : null
  }

  /** The link reports a dead VM and a lost connection alike; only a machine that cannot be reached again is dead. */
  async #lost(machine: RunningMachine, reason: string): Promise<void> {
    if (this.#machine !== machine || this.#status.state === 'ended') return
    this.#options.log(reason)
    this.#outOfReach = machine
    const again = await this.#reach(machine).catch((error) => {
      this.#options.log(`it cannot be reached again: ${String(error)}`)
      return null
    })
    const isUsable = this.#machine === machine && again?.died === null
    if (isUsable) return this.#adopt(again.machine, again.recalled)
    again?.machine.link.close()
    if (this.#machine === machine) this.#died(machine, reason)
  }

  /** A machine that is there, whatever stands between us for a moment, with what it knows of itself and why it died, if it has. */
  #reach({ container, identity }: FoundSandbox) {
    const { sandboxes, lab, labOf } = this.#options
    return reachPatiently(async (givenUp) => {
      const machine = await asInjected(await sandboxes.attach({ container, identity }, lab, givenUp), labOf)
      const recalled = await this.stay.recall(machine.link)
      const { state, reason } = await machine.link.hello()
      return { machine, recalled, died: state === 'dead' ? reason : null }
    })
  }

  /** One that died while no service was there: its learner is told all the same, and Reset takes it away. */
  #bury(machine: RunningMachine, recalled: Partial<SandboxStatus>, reason: string): void {
    this.#machine = machine
    this.#change({ ...recalled, baseline: 'failed' })
    this.#died(machine, reason)
  }

  #refuseWhileOutOfReach(): void {
    if (this.#status.state === 'ready' && this.#machine && this.#machine === this.#outOfReach)
      throw beingReached()
  }

  #died(machine: RunningMachine, reason: string): void {
    this.#ifCurrent(machine, { state: 'dead', suspendedAt: null, problem: hasStopped(reason) })
  }

  #ifCurrent(machine: RunningMachine, change: Partial<SandboxStatus>): void {
    if (this.#machine === machine && this.#status.state !== 'ended') this.#change(change)
  }

  #ifStill(generation: number, change: Partial<SandboxStatus>): void {
    if (this.#status.generation === generation && this.#status.state !== 'ended') this.#change(change)
  }

  #change(change: Partial<SandboxStatus>): void {
    const { generation } = this.#status
    this.#status = { ...this.#status, ...change }
    // Before anybody hears of it: what was allowed on a machine ends with it.
    if (this.#status.generation === generation) this.visits?.look()
    else this.visits.replaced()
    for (const listener of this.#listeners) listener(this.#status)
  }

  /** Also as a mark in the recordings, where what was typed by whom is looked for. */
  async #noteVisit({ person, name, cohort }: Visitor, note: VisitNote): Promise<void> {
    const { id, owner, lab } = this.#status
    const mark = helpMarks[note.event]
    if (mark) this.shells.mark(`${mark}: ${name}`)
    await this.#options.journal.add({ sandbox: id, owner, lab, visitor: person, cohort, ...note })
  }

  #background(work: Promise<unknown>, what: string): void {
    work.catch((error) => this.#options.log(`${what}: ${String(error)}`))
  }
}

const helpMarks: Partial<Record<VisitNote['event'], string>> = {
  'help.given': 'may type too',
  'help.ended': 'types no more',
}
