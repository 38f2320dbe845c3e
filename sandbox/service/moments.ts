/**
 * The moments of one learner's machine: saved, gone back to, deleted, and what everybody who watches is told of them. They lie in the
 * machine's own container, so a service that was restarted finds them again. Knows no HTTP and no memory.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type KeptMoment, type Link, LinkError } from '../link.ts'
import { type Moment, mostMoments, type Rewind, typedStart } from '../protocol/status.ts'
import { Refusal } from './problems.ts'

/** For the recording of a session: what happened to the machine's time, and when. */
export interface MomentEvent {
  kind: 'saved' | 'rewound' | 'deleted'
  moment: Moment
  at: Date
}

export interface MomentsOptions {
  /** Whether this machine may be taken back at all. */
  allowed: boolean
  /** The link of a machine that is ready. @throws Refusal */
  link(): Link
  /** What the machine is busy with just now, so that its time must not be turned; null when with nothing. */
  occupied(): 'baseline' | 'check' | null
  change(rewind: Rewind): void
  log(line: string): void
}

/** The broken start is kept as soon as nothing is asked of the machine. */
const startRetryMs = { first: 2_000, longest: 30_000 }

export class Moments {
  readonly #options: MomentsOptions
  readonly #listeners = new Set<(event: MomentEvent) => void>()
  #rewind: Rewind
  /** The machine's moments are being learned, and its start kept, unless that was given up. */
  #adopting = { givenUp: new AbortController(), done: Promise.resolve() }

  constructor(options: MomentsOptions) {
    this.#options = options
    this.#rewind = { allowed: options.allowed, moments: [], busy: null, unsaved: false }
  }

  get rewind(): Rewind {
    return this.#rewind
  }

  /** Hears of every moment that was saved, gone back to or deleted, until the returned function is called. */
  hear(listener: (event: MomentEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Another machine: its moments, if it has any. Of one that has just been started the broken start is kept, which nobody waits for. */
  async adopt(link: Link, justStarted: boolean): Promise<void> {
    if (!this.#options.allowed) return
    this.#adopting.givenUp.abort()
    const givenUp = new AbortController()
    const done = this.#adopt(link, justStarted, givenUp.signal)
    this.#adopting = { givenUp, done }
    await done
  }

  /** The machine is another one from now on: what it was before is not gone back to, its start least of all. */
  async dropAll(link: Link): Promise<void> {
    if (!this.#options.allowed) return
    const { givenUp, done } = this.#adopting
    givenUp.abort()
    await done.catch(() => {})
    for (const { id } of await list(link)) await link.dropMoment(id)
    this.forget()
  }

  /** The machine is given up, and its moments with it. */
  forget(): void {
    this.#adopting.givenUp.abort()
    this.#change({ moments: [], busy: null, unsaved: false })
  }

  /** The learner has typed: what comes of it is in no moment yet. */
  touched(): void {
    if (!this.#rewind.unsaved) this.#change({ unsaved: true })
  }

  /** @throws Refusal while the machine's time is being turned: nothing else can be asked of it then */
  refuseWhileBusy(): void {
    if (this.#rewind.busy) throw refusals.busy(this.#rewind.busy)
  }

  /** @throws Refusal when it cannot be saved; the machine is as it was then */
  async save(name: string): Promise<void> {
    this.#check()
    if (this.#own().length >= mostMoments) throw refusals.full()
    await this.#busy('saving', () => this.#save(name))
  }

  /**
   * Everything in the machine is as it was at that moment, which stays. `saveAs` keeps the present first.
   * @throws Refusal when it was not gone back; unless the machine died of it, it is as it was
   */
  async backTo(id: number, saveAs: string | null): Promise<void> {
    this.#check()
    const moment = this.#find(id)
    if (saveAs !== null && this.#own().length >= mostMoments) throw refusals.full()
    await this.#busy('going-back', async () => {
      if (saveAs !== null) await this.#save(saveAs)
      await this.#withNothingUnsaved(() => this.#asking(refusals.notBack, (link) => link.backTo(id)))
      this.#tell('rewound', moment)
    })
  }

  /** @throws Refusal for one that is not there, and for the broken start */
  async drop(id: number): Promise<void> {
    this.#check()
    const moment = this.#find(id)
    if (moment.kind === 'start') throw refusals.start()
    await this.#asking(refusals.notDeleted, (link) => link.dropMoment(id))
    this.#change({ moments: this.#rewind.moments.filter((one) => one.id !== id) })
    this.#tell('deleted', moment)
  }

  async #save(name: string): Promise<void> {
    const link = this.#options.link()
    const { id, stoodMs } = await this.#withNothingUnsaved(() =>
      this.#asking(refusals.notSaved, () => link.saveMoment(name)),
    )
    const moments = await list(link)
    this.#change({ moments })
    const moment = moments.find((one) => one.id === id)
    if (moment) this.#tell('saved', moment)
    this.#options.log(`moment ${id} saved: ${moment?.bytes} bytes, stood still for ${Math.round(stoodMs)} ms`)
  }

  async #adopt(link: Link, justStarted: boolean, givenUp: AbortSignal): Promise<void> {
    if (justStarted) await this.#keepStart(link, givenUp)
    if (givenUp.aborted) return
    const moments = await list(link)
    if (givenUp.aborted) return
    // A machine that was found again may have been typed into by the hour.
    this.#change({ moments, unsaved: this.#rewind.unsaved || !justStarted })
  }

  /** Until it is kept or the machine is another one. What was typed before is in it, which its name tells; and in no other moment, so it stays unsaved. */
  async #keepStart(link: Link, givenUp: AbortSignal): Promise<void> {
    let waitMs = startRetryMs.first
    while (!givenUp.aborted) {
      const typed = this.#rewind.unsaved
      try {
        const { id } = await link.saveMoment(typed ? typedStart : '', { start: true })
        if (typed || !this.#rewind.unsaved) return
        // A key came in between, and may be in it.
        await link.dropMoment(id)
      } catch (error) {
        this.#options.log(`the broken start is not kept yet: ${String(error)}`)
        await delay(waitMs, undefined, { signal: givenUp }).catch(() => {})
        waitMs = Math.min(2 * waitMs, startRetryMs.longest)
      }
    }
  }

  /** After this nothing is unsaved but what was typed meanwhile, which may not have arrived in time. When it fails all is as it was. */
  async #withNothingUnsaved<T>(work: () => Promise<T>): Promise<T> {
    const { unsaved } = this.#rewind
    this.#change({ unsaved: false })
    try {
      return await work()
    } catch (error) {
      if (unsaved) this.touched()
      throw error
    }
  }

  #own(): Moment[] {
    return this.#rewind.moments.filter((one) => one.kind === 'saved')
  }

  #find(id: number): Moment {
    const moment = this.#rewind.moments.find((one) => one.id === id)
    if (!moment) throw refusals.unknown()
    return moment
  }

  #check(): void {
    if (!this.#options.allowed) throw refusals.forbidden()
    this.#options.link()
    this.refuseWhileBusy()
    const occupied = this.#options.occupied()
    if (occupied) throw refusals.occupied(occupied)
  }

  async #busy(busy: NonNullable<Rewind['busy']>, work: () => Promise<void>): Promise<void> {
    this.#change({ busy })
    try {
      await work()
    } finally {
      this.#change({ busy: null })
    }
  }

  /** What the world refuses is said as it says it; what breaks stays an outage. */
  async #asking<T>(refusal: (why: string) => Refusal, ask: (link: Link) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#options.link())
    } catch (error) {
      if (error instanceof LinkError) throw refusal(error.message.replace(/^[a-z-]+: /, ''))
      throw error
    }
  }

  #tell(kind: MomentEvent['kind'], moment: Moment): void {
    for (const listener of this.#listeners) listener({ kind, moment, at: new Date() })
  }

  #change(change: Partial<Rewind>): void {
    this.#rewind = { ...this.#rewind, ...change }
    this.#options.change(this.#rewind)
  }
}

/** In the order in which they were saved. */
const list = async (link: Link): Promise<Moment[]> =>
  (await link.moments()).sort((a, b) => a.id - b.id).map(momentOf)

const momentOf = ({ id, start, at, bytes, label }: KeptMoment): Moment => ({
  id,
  kind: start ? 'start' : 'saved',
  name: label,
  at: at.toISOString(),
  bytes,
})

const refusal = (code: string, message: string, remedy: string): Refusal =>
  new Refusal(409, { code, message, remedy })

const refusals = {
  forbidden: () =>
    refusal(
      'no-rewind',
      'This machine cannot be taken back to an earlier moment.',
      'Reset gives you a fresh one.',
    ),
  busy: (busy: NonNullable<Rewind['busy']>) =>
    busy === 'saving'
      ? refusal('saving', 'A moment is being saved.', 'Try again in a second.')
      : refusal('going-back', 'The machine is on its way back to a moment.', 'Try again in a second.'),
  occupied: (by: 'baseline' | 'check') =>
    by === 'check'
      ? refusal('checking', 'The machine is being checked.', 'Wait for the verdict; it takes a few seconds.')
      : refusal(
          'measuring',
          'The figures from before your work are being taken.',
          'Try again in a few seconds.',
        ),
  full: () =>
    refusal(
      'too-many-moments',
      `No more than ${mostMoments} moments are kept beside the start.`,
      'Delete one that you no longer need.',
    ),
  unknown: () =>
    // Not 404: to who asks, that is a machine that is gone.
    refusal('no-moment', 'This moment is no longer there.', 'Choose one of those in the list.'),
  start: () => refusal('start-stays', 'The start cannot be deleted.', 'It goes with the machine.'),
  notSaved: (why: string) =>
    refusal(
      'not-saved',
      `This moment was not saved: ${why}. The machine runs on as it was.`,
      why.includes('room') ? 'Delete a moment that you no longer need.' : 'Try again in a moment.',
    ),
  notBack: (why: string) =>
    refusal('not-back', `The machine did not go back: ${why}.`, 'Try again; if it has stopped, Reset helps.'),
  notDeleted: (why: string) =>
    refusal('not-deleted', `The moment was not deleted: ${why}.`, 'Try again in a moment.'),
}
