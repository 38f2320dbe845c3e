/**
 * One learner's sandbox over its whole life: starting, ready, reset, checked, dead, ended. Holds the status that everybody watches.
 * Knows no HTTP and no WebSocket.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import type { LabFolder } from '../../labs/folder.ts'
import { formOf, type Given } from '../../labs/schema.ts'
import type { RunningMachine } from '../machine.ts'
import type { CheckResponse, SandboxStatus, StartStep } from '../protocol.ts'
import type { FoundSandbox, Sandboxes } from '../setup.ts'
import { Moments } from './moments.ts'
import { noSuchSandbox, Refusal, toProblem } from './problems.ts'

export interface RoomOptions {
  sandboxes: Sandboxes
  lab: LabFolder
  id: string
  seed: number
  owner: string
  lifetimeMinutes: number
  lingerSeconds: number
  /** Whether its learner may go back to earlier moments. */
  rewind: boolean
  log: (line: string) => void
}

export class Room {
  readonly moments: Moments
  #options: RoomOptions
  #status: SandboxStatus
  #machine: RunningMachine | null = null
  #starting: Promise<void> | null = null
  #listeners = new Set<(status: SandboxStatus) => void>()

  private constructor(options: RoomOptions, status: Partial<SandboxStatus>) {
    this.#options = options
    this.moments = new Moments({
      allowed: options.rewind,
      link: () => this.machine.link,
      occupied: () => this.#occupied(),
      change: (rewind) => this.#change({ rewind }),
      log: (line) => options.log(`sandbox ${options.id}: ${line}`),
    })
    const now = Date.now()
    this.#status = {
      id: options.id,
      lab: options.lab.lab.meta.id,
      seed: options.seed,
      owner: options.owner,
      generation: 0,
      state: 'starting',
      steps: [],
      baseline: 'measuring',
      checking: false,
      rewind: this.moments.rewind,
      startedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + options.lifetimeMinutes * 60_000).toISOString(),
      startMs: null,
      problem: null,
      ...status,
    }
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
    room.#adopt(await options.sandboxes.attach(found, options.lab), 'found')
    return room
  }

  get status(): SandboxStatus {
    return this.#status
  }

  /** The machine, once it is ready. @throws Refusal while there is none */
  get machine(): RunningMachine {
    if (this.#machine && this.#status.state === 'ready') return this.#machine
    throw this.#refusal()
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

  async check(answers: Given | null): Promise<CheckResponse> {
    const machine = this.machine
    if (this.#options.lab.lab.criteria.length === 0)
      throw new Refusal(409, {
        code: 'not-graded',
        message: 'Nothing is graded on this machine.',
        remedy: 'Start one of the labs for something to find and to mend.',
      })
    const form = formOf(this.#options.lab.lab).nullable().safeParse(answers)
    if (!form.success)
      throw new Refusal(400, {
        code: 'other-form',
        message: 'These answers are not what this lab asks for.',
        remedy: 'Load the page again and fill in its form.',
      })
    if (this.#status.checking)
      throw new Refusal(409, {
        code: 'already-checking',
        message: 'This machine is being checked already.',
        remedy: 'Wait for the verdict; it takes a few seconds.',
      })
    this.moments.refuseWhileBusy()
    this.#change({ checking: true })
    try {
      return (await machine.check(answers)) as CheckResponse
    } finally {
      this.#change({ checking: false })
    }
  }

  /** A fresh broken machine of the same variant. A second call while one is on its way changes nothing. */
  reset(): SandboxStatus {
    if (this.#status.state === 'ended') throw noSuchSandbox()
    if (this.#starting) return this.#status
    const old = this.#machine
    this.#machine = null
    const now = Date.now()
    this.#change({
      generation: this.#status.generation + 1,
      state: 'starting',
      steps: [],
      baseline: 'measuring',
      checking: false,
      startMs: null,
      problem: null,
      startedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + this.#options.lifetimeMinutes * 60_000).toISOString(),
    })
    this.moments.forget()
    // The new machine does not wait for the old one's end: their containers have different names.
    if (old) this.#background(old.dispose(), 'ending the old machine')
    this.#begin()
    return this.#status
  }

  async end(): Promise<void> {
    this.#change({ state: 'ended' })
    await this.#starting
    await this.#machine?.dispose()
    this.#machine = null
  }

  /** Lets go of the machine without ending it: the service is going away and will be back. */
  release(): void {
    this.#machine?.link.close()
  }

  #begin(): void {
    this.#starting = this.#start().finally(() => {
      this.#starting = null
    })
  }

  async #start(): Promise<void> {
    const { sandboxes, lab, id, seed, owner, lifetimeMinutes, lingerSeconds } = this.#options
    const { generation } = this.#status
    try {
      const machine = await sandboxes.start({
        ...{ lab, seed, owner, id, generation, lifetimeMinutes, lingerSeconds },
        onStep: (step) => this.#change({ steps: withStep(this.#status.steps, step) }),
      })
      this.#adopt(machine, 'new')
    } catch (error) {
      this.#options.log(`sandbox ${id}: start failed: ${String(error)}`)
      this.#change({ state: 'failed', baseline: 'failed', problem: toProblem(error) })
    }
  }

  #adopt(machine: RunningMachine, origin: 'new' | 'found'): void {
    this.#machine = machine
    machine.link.onDead((reason) => this.#background(this.#lost(machine, reason), 'reaching it again'))
    if (this.#status.state !== 'ended') this.#change({ state: 'ready', startMs: machine.timings.startMs })
    this.#background(
      machine.baseline().then(
        () => this.#ifCurrent(machine, { baseline: 'taken' }),
        (error) => this.#ifCurrent(machine, { baseline: 'failed', problem: toProblem(error) }),
      ),
      'taking the before-figures',
    )
    // The start is kept after the before-figures, so that they stay those of the machine that one goes back to.
    const settled = machine.baseline().catch(() => {})
    this.#background(
      settled.then(async () => {
        if (this.#machine === machine) await this.moments.adopt(machine.link, origin === 'new')
      }),
      'its moments',
    )
  }

  #occupied(): 'baseline' | 'check' | null {
    if (this.#status.checking) return 'check'
    return this.#status.baseline === 'measuring' ? 'baseline' : null
  }

  /** The link reports a dead VM and a lost connection alike; only a machine that cannot be reached again is dead. */
  async #lost(machine: RunningMachine, reason: string): Promise<void> {
    if (this.#machine !== machine || this.#status.state === 'ended') return
    this.#options.log(`sandbox ${this.#options.id}: ${reason}`)
    const again = await this.#reach(machine).catch(() => null)
    if (this.#machine !== machine) again?.link.close()
    else if (again) this.#adopt(again, 'found')
    else this.#died(machine, reason)
  }

  async #reach({ container, identity }: RunningMachine): Promise<RunningMachine | null> {
    const { sandboxes, lab } = this.#options
    const machine = await sandboxes.attach({ container, identity }, lab)
    if ((await machine.link.hello()).state !== 'dead') return machine
    machine.link.close()
    return null
  }

  #died(machine: RunningMachine, reason: string): void {
    this.#ifCurrent(machine, {
      state: 'dead',
      problem: {
        code: 'machine-dead',
        message: `The machine has stopped: ${reason}. What was on it is gone; your verdicts are kept.`,
        remedy: 'Reset gives you a fresh machine.',
      },
    })
  }

  #ifCurrent(machine: RunningMachine, change: Partial<SandboxStatus>): void {
    if (this.#machine === machine && this.#status.state !== 'ended') this.#change(change)
  }

  #change(change: Partial<SandboxStatus>): void {
    this.#status = { ...this.#status, ...change }
    for (const listener of this.#listeners) listener(this.#status)
  }

  #refusal(): Refusal {
    const { state, problem } = this.#status
    if (state === 'ended') return noSuchSandbox()
    if (state === 'starting')
      return new Refusal(409, {
        code: 'starting',
        message: 'The machine is still starting.',
        remedy: 'Wait until it is ready.',
      })
    return new Refusal(409, problem ?? toProblem(new InfrastructureError('The machine does not run.')))
  }

  #background(work: Promise<unknown>, what: string): void {
    work.catch((error) => this.#options.log(`sandbox ${this.#options.id}: ${what}: ${String(error)}`))
  }
}

/** In the order in which they began: two may be under way at once. */
const withStep = (steps: StartStep[], step: StartStep): StartStep[] =>
  steps.some(({ id }) => id === step.id)
    ? steps.map((one) => (one.id === step.id ? step : one))
    : [...steps, step]
