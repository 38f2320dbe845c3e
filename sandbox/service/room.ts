/**
 * One learner's sandbox over its whole life: starting, ready, reset, checked, dead, ended. Holds the status that everybody watches.
 * Knows no HTTP and no WebSocket.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import type { LabFolder } from '../../labs/folder.ts'
import { formOf, type Given } from '../../labs/schema.ts'
import type { RunningMachine } from '../machine.ts'
import type { CheckResponse, SandboxStatus, StartStep, TerminalsMessage } from '../protocol.ts'
import type { FoundSandbox, Sandboxes } from '../setup.ts'
import { noSuchSandbox, Refusal, toProblem } from './problems.ts'
import type { Recordings } from './recordings.ts'
import { Terminals } from './terminals.ts'

export interface RoomOptions {
  sandboxes: Sandboxes
  recordings: Recordings
  lab: LabFolder
  id: string
  seed: number
  owner: string
  lifetimeMinutes: number
  lingerSeconds: number
  log: (line: string) => void
}

export class Room {
  #options: RoomOptions
  #status: SandboxStatus
  #machine: RunningMachine | null = null
  #starting: Promise<void> | null = null
  #terminals: Terminals | null = null
  #lettingGo: Promise<unknown> = Promise.resolve()
  #listeners = new Set<(status: SandboxStatus) => void>()
  #terminalListeners = new Set<(message: TerminalsMessage) => void>()

  private constructor(options: RoomOptions, status: Partial<SandboxStatus>) {
    this.#options = options
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
    room.#adopt(await options.sandboxes.attach(found, options.lab))
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

  /** The machine's shells. @throws Refusal while there is no machine */
  get terminals(): Terminals {
    if (this.#terminals && this.#status.state === 'ready') return this.#terminals
    throw this.#refusal()
  }

  /** Its shells as everybody sees them; null while there is no machine. */
  get terminalList(): TerminalsMessage | null {
    if (!this.#terminals || this.#status.state !== 'ready') return null
    return {
      type: 'terminals',
      generation: this.#status.generation,
      list: this.#terminals.list(),
      recordedDays: this.#options.recordings.days,
    }
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

  /** Hears every change of the list of shells until the returned function is called. */
  watchTerminals(listener: (message: TerminalsMessage) => void): () => void {
    this.#terminalListeners.add(listener)
    return () => this.#terminalListeners.delete(listener)
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
    this.#change({ checking: true })
    this.#terminals?.mark('check')
    try {
      const response = (await machine.check(answers)) as CheckResponse
      this.#terminals?.mark(`verdict: ${response.verdict.status}`)
      return response
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
    const letGo = this.#letGoOfTerminals('reset')
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
    // The new machine does not wait for the old one's end: their containers have different names.
    if (old)
      this.#background(
        letGo.then(() => old.dispose()),
        'ending the old machine',
      )
    this.#begin()
    return this.#status
  }

  async end(): Promise<void> {
    this.#change({ state: 'ended' })
    await this.#starting
    await this.#letGoOfTerminals('end')
    await this.#machine?.dispose()
    this.#machine = null
  }

  /** Lets go of the machine without ending it: the service is going away and will be back. */
  release(): void {
    this.#machine?.link.close()
  }

  /** What has come so far of their output is on the disk when this is done. */
  #letGoOfTerminals(mark: string | null): Promise<unknown> {
    const terminals = this.#terminals
    this.#terminals = null
    if (mark) terminals?.mark(mark)
    if (terminals)
      this.#lettingGo = terminals
        .letGo()
        .catch((error) => this.#options.log(`recordings of ${this.#options.id}: ${String(error)}`))
    return this.#lettingGo
  }

  #openTerminals({ link, lab }: RunningMachine): Terminals {
    const { recordings, id, log } = this.#options
    return new Terminals({
      link,
      recorder: recordings.recorder(id, this.#status.generation),
      title: lab.lab.meta.title,
      after: this.#letGoOfTerminals(null),
      changed: () => this.#tellTerminals(),
      log: (line) => log(`sandbox ${id}: ${line}`),
    })
  }

  #tellTerminals(): void {
    const message = this.terminalList
    if (message) for (const listener of this.#terminalListeners) listener(message)
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
      this.#adopt(machine)
    } catch (error) {
      this.#options.log(`sandbox ${id}: start failed: ${String(error)}`)
      this.#change({ state: 'failed', baseline: 'failed', problem: toProblem(error) })
    }
  }

  #adopt(machine: RunningMachine): void {
    this.#machine = machine
    this.#terminals = this.#openTerminals(machine)
    machine.link.onDead((reason) => this.#background(this.#lost(machine, reason), 'reaching it again'))
    if (this.#status.state !== 'ended') this.#change({ state: 'ready', startMs: machine.timings.startMs })
    this.#background(
      machine.baseline().then(
        () => this.#ifCurrent(machine, { baseline: 'taken' }),
        (error) => this.#ifCurrent(machine, { baseline: 'failed', problem: toProblem(error) }),
      ),
      'taking the before-figures',
    )
  }

  /** The link reports a dead VM and a lost connection alike; only a machine that cannot be reached again is dead. */
  async #lost(machine: RunningMachine, reason: string): Promise<void> {
    if (this.#machine !== machine || this.#status.state === 'ended') return
    this.#options.log(`sandbox ${this.#options.id}: ${reason}`)
    const again = await this.#reach(machine).catch(() => null)
    if (this.#machine !== machine) again?.link.close()
    else if (again) this.#adopt(again)
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
