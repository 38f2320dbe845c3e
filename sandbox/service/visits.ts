/**
 * Who looks at one machine that is not theirs, and who may type there: asked by them, allowed by the machine's owner, ended by either. What is
 * begun and ended is noted before anybody sees anything. Knows no socket: whoever holds one enters and leaves.
 */
import { randomUUID } from 'node:crypto'
import type { Guest } from '../protocol/tickets.ts'
import type { HelpEnd, HelpRefusal, VisitsMessage } from '../protocol/visits.ts'
import { TicketError } from '../tickets.ts'

export interface Visitor extends Guest {
  /** The app's id of theirs. */
  person: string
}

export type VisitNote =
  | { event: 'look.began' | 'help.asked' | 'help.given' | 'help.refused' }
  | { event: 'look.ended'; seconds: number }
  | { event: 'help.ended'; seconds: number; by: HelpEnd }

export interface VisitsOptions {
  /** Keeps it for good. @throws when it cannot; nobody looks unnoted then */
  note(visitor: Visitor, note: VisitNote): Promise<void>
  /** Why nobody can type just now, whoever allows it; null when they can. */
  obstacle(): 'machine' | null
  lingerMs?: number
  unansweredMs?: number
  againMs?: number
}

/** A visitor's page: what it asks is asked for its person, and what it was given ends with it. */
export interface VisitorPage {
  /** Why nothing was asked; null when it was. */
  ask(): HelpRefusal | null
  stop(id: string): void
  leave(): void
}

/** A page of the machine's owner: only there can a question be seen and answered. */
export interface HostPage {
  answer(id: string, yes: boolean): void
  stop(id: string): void
  leave(): void
}

interface Visit {
  visitor: Visitor
  since: number
  sockets: number
  /** Kept when it has been noted that they came. */
  noted: Promise<void>
  lingering: ReturnType<typeof setTimeout> | undefined
}

interface Help {
  id: string
  visitor: Visitor
  page: VisitorPage
  state: 'asked' | 'given'
  since: number
  unanswered: ReturnType<typeof setTimeout>
}

/** A connection that is lost and comes back is one visit. */
const lingerMs = 3_000
/** A question that nobody answers goes away. */
const unansweredMs = 60_000
/** Who has asked in vain does not ask again at once: each question opens a window on the owner's page. */
const againMs = 30_000

export class Visits {
  readonly #options: VisitsOptions
  readonly #visits = new Map<string, Visit>()
  readonly #hosts = new Set<HostPage>()
  readonly #inVainAt = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  /** Each socket's end, and whose it is. */
  readonly #members = new Map<() => void, string>()
  #dismissedAt = Number.NEGATIVE_INFINITY
  #help: Help | null = null
  #ended: VisitsMessage['ended'] = null

  constructor(options: VisitsOptions) {
    this.#options = options
  }

  /** Whether somebody waits for an answer or may type: both sides are watched closely then. */
  get helping(): boolean {
    return this.#help !== null
  }

  /** Whether this person may type now. Asked with every key. */
  mayType(person: string): boolean {
    return (
      this.#help?.state === 'given' &&
      this.#help.visitor.person === person &&
      this.#options.obstacle() === null
    )
  }

  /** Hears every change until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** As the owner sees it; with a person, as that visitor does. */
  view(person: string | null = null): VisitsMessage {
    const help = this.#help
    return {
      type: 'visits',
      visitors: [...this.#visits.values()].map(({ visitor: { name }, since }) => ({
        name,
        since: new Date(since).toISOString(),
      })),
      members: new Set(this.#members.values()).size,
      help: help && {
        id: help.id,
        name: help.visitor.name,
        state: help.state,
        yours: help.visitor.person === person,
      },
      ended: this.#ended,
    }
  }

  /**
   * Somebody comes with one socket more. The owner is told first, then it is noted, and only then does this return what leaves.
   * @param issuedAt when they were found to have the right, in unix ms
   * @throws TicketError when that was before it was shown to nobody any more
   */
  async enter(visitor: Visitor, sendAway: () => void = () => {}, issuedAt = Date.now()): Promise<() => void> {
    if (visitor.as === 'member') return this.#enterAsMember(visitor, sendAway, issuedAt)
    const known = this.#visits.get(visitor.person)
    const visit = known ?? this.#come(visitor)
    clearTimeout(visit.lingering)
    visit.sockets++
    await visit.noted
    return once(() => this.#leave(visit))
  }

  host(): HostPage {
    const page: HostPage = {
      answer: (id, yes) => this.#answer(id, yes),
      stop: (id) => this.#stop(id, 'owner'),
      leave: () => {
        this.#hosts.delete(page)
        if (this.#hosts.size === 0) this.#end('owner-away')
      },
    }
    this.#hosts.add(page)
    return page
  }

  page(visitor: Visitor): VisitorPage {
    const page: VisitorPage = {
      ask: () => this.#ask(visitor, page),
      stop: (id) => {
        if (this.#help?.visitor.person === visitor.person) this.#stop(id, 'visitor')
      },
      leave: () => {
        if (this.#help?.page === page) this.#end('visitor-away')
      },
    }
    return page
  }

  /** It is shown to nobody any more, nor to who has a ticket from before. */
  dismissMembers(): void {
    this.#dismissedAt = Date.now()
    for (const sendAway of this.#members.keys()) sendAway()
  }

  /** This person has no right to be here any more: they neither ask nor type. */
  endHelpOf(person: string): void {
    if (this.#help?.visitor.person === person) this.#end('visitor-away')
  }

  /** The machine has changed: it sleeps, was reset, or is gone. */
  look(): void {
    const obstacle = this.#options.obstacle()
    if (obstacle) this.#end(obstacle)
  }

  /** The machine was replaced: what was allowed on the old one is not allowed on the new one. */
  replaced(): void {
    this.#end('machine')
  }

  /** In view of the owner at once; who cannot be noted goes again. */
  #come(visitor: Visitor): Visit {
    const visit: Visit = {
      visitor,
      since: Date.now(),
      sockets: 0,
      noted: this.#options.note(visitor, { event: 'look.began' }),
      lingering: undefined,
    }
    this.#visits.set(visitor.person, visit)
    this.#tell()
    visit.noted.catch(() => {
      this.#visits.delete(visitor.person)
      this.#tell()
    })
    return visit
  }

  #ask(visitor: Visitor, page: VisitorPage): HelpRefusal | null {
    if (!visitor.asks) return 'not-here'
    if (this.#help) return 'taken'
    if (this.#options.obstacle()) return 'machine'
    if (this.#hosts.size === 0) return 'absent'
    const inVainAt = this.#inVainAt.get(visitor.person) ?? Number.NEGATIVE_INFINITY
    if (Date.now() - inVainAt < (this.#options.againMs ?? againMs)) return 'refused'
    const unanswered = setTimeout(() => this.#end('unanswered'), this.#options.unansweredMs ?? unansweredMs)
    this.#help = { id: randomUUID(), visitor, page, state: 'asked', since: Date.now(), unanswered }
    this.#note(visitor, { event: 'help.asked' })
    this.#tell()
    return null
  }

  /** Of this very question: an answer that was on its way while another one came says nothing about that. */
  #answer(id: string, yes: boolean): void {
    const help = this.#help
    if (help?.id !== id || help.state !== 'asked') return
    clearTimeout(help.unanswered)
    if (yes && this.#options.obstacle() === null) {
      this.#help = { ...help, state: 'given', since: Date.now() }
      this.#note(help.visitor, { event: 'help.given' })
    } else {
      this.#help = null
      this.#ended = { name: help.visitor.name, by: 'refused' }
      this.#inVainAt.set(help.visitor.person, Date.now())
      this.#note(help.visitor, { event: 'help.refused' })
    }
    this.#tell()
  }

  #stop(id: string, by: HelpEnd): void {
    if (this.#help?.id === id) this.#end(by)
  }

  #end(by: HelpEnd): void {
    const help = this.#help
    if (!help) return
    clearTimeout(help.unanswered)
    this.#help = null
    this.#ended = { name: help.visitor.name, by }
    if (help.state === 'asked' && by !== 'machine' && by !== 'owner-away')
      this.#inVainAt.set(help.visitor.person, Date.now())
    this.#note(help.visitor, { event: 'help.ended', seconds: secondsSince(help.since), by })
    this.#tell()
  }

  #leave(visit: Visit): void {
    visit.sockets--
    if (visit.sockets > 0) return
    visit.lingering = setTimeout(() => {
      this.#visits.delete(visit.visitor.person)
      this.#note(visit.visitor, { event: 'look.ended', seconds: secondsSince(visit.since) })
      this.#tell()
    }, this.#options.lingerMs ?? lingerMs)
  }

  #enterAsMember({ person }: Visitor, sendAway: () => void, issuedAt: number): () => void {
    if (issuedAt <= this.#dismissedAt) throw new TicketError('It is not shown any more.')
    // Each socket is one of its own, whatever function closes it.
    const member = () => sendAway()
    this.#members.set(member, person)
    this.#tell()
    return once(() => {
      this.#members.delete(member)
      this.#tell()
    })
  }

  /** What it keeps is the options' affair; here nothing waits for it. */
  #note(visitor: Visitor, note: VisitNote): void {
    this.#options.note(visitor, note).catch(() => {})
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const secondsSince = (since: number): number => Math.round((Date.now() - since) / 1000)

function once(work: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    work()
  }
}
