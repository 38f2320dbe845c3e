/**
 * How long one room's machine stays and whether it sleeps: signs of life move its deadline, nobody's look for a while pauses it, the next
 * look or key wakes it. What must outlive this process is kept in the machine's own memo. Decides nothing itself; life.ts does. Knows no
 * HTTP and no WebSocket.
 */
import { z } from 'zod'
import { InfrastructureError } from '../../grader/guest.ts'
import type { Link } from '../link.ts'
import { type Role, roleSchema, type SandboxStatus } from '../protocol/status.ts'
import { Attention, type Look } from './attention.ts'
import { keptUntil, type Life, latestEnd, nextStep, type Step } from './life.ts'
import type { LimitsByRole } from './limits.ts'
import { handedIn } from './problems.ts'

export interface StayOptions {
  limits: LimitsByRole
  role: Role
  /** How long nobody has to look before the machine sleeps; 0: it never does. */
  suspendMs: number
  status(): SandboxStatus
  change(change: Partial<SandboxStatus>): void
  /** The way to the machine; null while there is none. */
  link(): Link | null
  log(line: string): void
}

const memo = 'life'
const memoSchema = z.object({
  role: roleSchema,
  expiresAt: z.iso.datetime(),
  suspendedAt: z.iso.datetime().nullable(),
  frozen: z.boolean().default(false),
})

/** Each move of the deadline is stored and told to every page: not with every key. */
const worthTellingMs = 60_000
/** It runs at once; its agent confirms the clock a few milliseconds later, unless the learner has ended the agent. */
const clockTimeoutMs = 3_000
/**
 * Pausing may take 20 s, and going on too, before the world says that the machine does not answer; then comes the clock. Whoever waits for one
 * whose world says nothing either is let go.
 */
const wakeTimeoutMs = 45_000

export class Stay {
  readonly #options: StayOptions
  readonly #attention: Attention
  #role: Role
  #holds = 0
  #turn: Promise<unknown> = Promise.resolve()
  #suspending = false
  #waking: Promise<void> | null = null

  constructor(options: StayOptions) {
    this.#options = options
    this.#role = options.role
    this.#attention = new Attention(() => this.#signOfLife())
  }

  /** Whose machine it is: of one that was found again, as it remembers. */
  get role(): Role {
    return this.#role
  }

  get lastSign(): number {
    return this.#attention.lastSign
  }

  /** A page that may be looked at. Each time that somebody begins to look wakes the machine and gives it time. */
  look(seen: boolean): Look {
    return this.#attention.look(seen)
  }

  /** Somebody typed or asked for something. The promise is there when the machine sleeps, and kept when it is awake. */
  sign(): Promise<void> | null {
    this.#attention.sign()
    return this.#waking
  }

  /** Extend: as much time as the role may have from now on. A second click does no harm. */
  async extend(): Promise<void> {
    this.#attention.sign()
    const { expiresAt } = this.#options.status()
    const until = new Date(keptUntil(this.#life(), Date.now())).toISOString()
    if (until > expiresAt) this.#options.change({ expiresAt: until })
    await this.#remember()
    await this.#waking
  }

  /** Does what must not be paused, on a machine that is awake. @throws Refusal when it was handed in */
  async whileAwake<T>(work: () => Promise<T>): Promise<T> {
    if (this.#options.status().frozen) throw handedIn()
    return this.whileChecked(work)
  }

  /** The same on a machine that was handed in: it is let run for its check, and for nothing else. */
  async whileChecked<T>(work: () => Promise<T>): Promise<T> {
    this.#holds++
    try {
      this.#attention.sign()
      if (this.#sleeps()) this.#wake()
      await this.#waking
      return await work()
    } finally {
      this.#holds--
      this.#attention.sign()
    }
  }

  /**
   * It was handed in: from now on nothing runs there but its check, and nobody types. What must not or cannot be paused just now, while it is being
   * checked or a moment saved, is paused with one of the next ticks. Twice is once.
   */
  async freeze(): Promise<void> {
    this.#options.change({ frozen: true })
    await this.#remember()
    if (this.nextStep(Date.now()) !== 'suspend') return
    await this.suspend().catch((error) => this.#options.log(`freezing it: ${String(error)}`))
  }

  nextStep(now: number): Step {
    const { state, baseline, checking, suspendedAt, expiresAt, frozen } = this.#options.status()
    const ready = state === 'ready'
    return nextStep({
      now,
      expiresAt: Date.parse(expiresAt),
      ready,
      asleep: suspendedAt !== null || this.#suspending,
      // A check that waits for its turn is no reason to let what was handed in run.
      busy: this.#holds > 0 || (checking && !frozen) || (ready && baseline === 'measuring'),
      frozen,
      watched: this.#attention.watched,
      lastSign: this.#attention.lastSign,
      suspendMs: this.#options.suspendMs,
    })
  }

  /** Pauses the machine: it uses no processor until somebody comes back. */
  async suspend(): Promise<void> {
    this.#suspending = true
    await this.#inTurn(async () => {
      const link = this.#options.link()
      const isCurrent = (): boolean => link === this.#options.link()
      try {
        await link?.pause()
        const suspendedAt = new Date().toISOString()
        // Before anybody hears of it: whoever was told since when it sleeps is told the same by the next service. Not remembered it sleeps all the same.
        if (isCurrent())
          await this.#remember({ suspendedAt }).catch((error) =>
            this.#options.log(`keeping since when it sleeps: ${String(error)}`),
          )
        if (isCurrent()) this.#options.change({ suspendedAt })
      } finally {
        this.#suspending = false
      }
    })
  }

  /** A machine that has just started: its time begins now. */
  async begin(): Promise<void> {
    const { lifetimeMinutes } = this.#options.limits[this.#role]
    this.#options.change(this.#times(Date.now() + lifetimeMinutes * 60_000))
    this.#attention.restart()
    await this.#remember()
  }

  /** What a machine that was there before knows of itself: its times, and since when it sleeps. */
  async recall(link: Link): Promise<Partial<SandboxStatus>> {
    const text = await link.memoGet(memo)
    const { data: known } = memoSchema.safeParse(JSON.parse(text ?? 'null'))
    const paused = (await link.hello()).state === 'paused'
    if (known) this.#role = known.role
    return {
      ...this.#times(Date.parse(known?.expiresAt ?? this.#options.status().expiresAt)),
      suspendedAt: paused ? (known?.suspendedAt ?? new Date().toISOString()) : null,
      frozen: known?.frozen ?? false,
    }
  }

  #signOfLife(): void {
    const { state, expiresAt, frozen } = this.#options.status()
    if (state !== 'ready') return
    const until = keptUntil(this.#life(), Date.now())
    if (until - Date.parse(expiresAt) >= this.#worthTelling()) {
      this.#options.change({ expiresAt: new Date(until).toISOString() })
      this.#remember().catch((error) => this.#options.log(`keeping its deadline: ${String(error)}`))
    }
    if (!frozen && this.#sleeps()) this.#wake()
  }

  #sleeps(): boolean {
    return this.#options.status().suspendedAt !== null || this.#suspending
  }

  #wake(): void {
    if (this.#waking) return
    const waking = inTime(this.#inTurn(() => this.#resume())).finally(() => {
      this.#waking = null
    })
    this.#waking = waking
    waking.catch((error) => this.#options.log(`waking it: ${String(error)}`))
  }

  async #resume(): Promise<void> {
    const link = this.#options.link()
    if (!link || this.#options.status().suspendedAt === null) return
    await link.resume()
    await link.waitReady(clockTimeoutMs).catch((error) => this.#options.log(`its clock: ${String(error)}`))
    if (link === this.#options.link()) this.#options.change({ suspendedAt: null })
  }

  /** Pausing and waking never overlap: the machine ends up as the last of them said. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => {})
    return mine
  }

  async #remember(change: Partial<SandboxStatus> = {}): Promise<void> {
    const { expiresAt, suspendedAt, frozen } = { ...this.#options.status(), ...change }
    const text = JSON.stringify({ role: this.#role, expiresAt, suspendedAt, frozen })
    await this.#options.link()?.memoSet(memo, text)
  }

  #life(): Life {
    const { startedAt, expiresAt } = this.#options.status()
    const limits = this.#options.limits[this.#role]
    return { startedAt: Date.parse(startedAt), expiresAt: Date.parse(expiresAt), limits }
  }

  #times(expiresAt: number): Pick<SandboxStatus, 'expiresAt' | 'extendableUntil'> {
    const until = latestEnd({ ...this.#life(), expiresAt })
    return {
      expiresAt: new Date(expiresAt).toISOString(),
      extendableUntil: new Date(until).toISOString(),
    }
  }

  /** A minute, or less where all of it is short. */
  #worthTelling(): number {
    return Math.min(worthTellingMs, (this.#options.limits[this.#role].extendMinutes * 60_000) / 10)
  }
}

async function inTime(waking: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new InfrastructureError('The machine does not wake.')), wakeTimeoutMs)
  })
  await Promise.race([waking, late]).finally(() => clearTimeout(timer))
}
