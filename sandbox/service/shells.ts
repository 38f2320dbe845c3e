/**
 * One room's shells over all of its machines: those of the present one, the list that everybody watches, and marks in their recordings for what
 * happens to the machine. Knows no WebSocket and no HTTP.
 */
import type { Link } from '../link.ts'
import type { SandboxStatus } from '../protocol/status.ts'
import type { TerminalsMessage } from '../protocol/watch.ts'
import type { MomentEvent, Moments } from './moments.ts'
import type { Recordings } from './recordings.ts'
import { Terminals } from './terminals.ts'

export interface ShellsOptions {
  recordings: Recordings
  id: string
  /** What the recordings are called. */
  title: string
  status(): SandboxStatus
  moments: Pick<Moments, 'hear'>
  log(line: string): void
}

export class Shells {
  readonly #options: ShellsOptions
  readonly #listeners = new Set<(message: TerminalsMessage) => void>()
  #terminals: Terminals | null = null
  #lettingGo: Promise<unknown> = Promise.resolve()

  constructor(options: ShellsOptions) {
    this.#options = options
    options.moments.hear((event) => this.mark(momentMark(event)))
  }

  /** Null while no machine is ready. */
  get current(): Terminals | null {
    return this.#options.status().state === 'ready' ? this.#terminals : null
  }

  /** As everybody sees them; null while no machine is ready. */
  get list(): TerminalsMessage | null {
    const { status, recordings } = this.#options
    const list = this.current?.list()
    if (!list) return null
    return { type: 'terminals', generation: status().generation, list, recordedDays: recordings.days }
  }

  /** Hears every change of the list until the returned function is called. */
  watch(listener: (message: TerminalsMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Those of a machine that is there now. */
  open(link: Link): void {
    const { recordings, id, title, status, log } = this.#options
    this.#terminals = new Terminals({
      link,
      recorder: recordings.recorder(id, status().generation),
      title,
      after: this.letGo(null),
      changed: () => this.#tell(),
      log,
    })
  }

  /** A moment that is worth finding again in the recordings. */
  mark(label: string): void {
    this.#terminals?.mark(label)
  }

  /** What has come so far of their output is on the disk when this is done. */
  letGo(mark: string | null): Promise<unknown> {
    const terminals = this.#terminals
    this.#terminals = null
    if (mark) terminals?.mark(mark)
    if (terminals)
      this.#lettingGo = terminals
        .letGo()
        .catch((error) => this.#options.log(`its recordings: ${String(error)}`))
    return this.#lettingGo
  }

  #tell(): void {
    const message = this.list
    if (message) for (const listener of this.#listeners) listener(message)
  }
}

const happened = { saved: 'moment saved', rewound: 'went back to', deleted: 'moment deleted' } as const

const momentMark = ({ kind, moment }: MomentEvent): string =>
  `${happened[kind]}: ${moment.kind === 'start' ? 'the start' : moment.name}`
