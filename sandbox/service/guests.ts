/**
 * Everybody who is at a machine that is not theirs, whichever it is, and in which cohort they have the right to. When the app says that they have it no
 * more they are sent away at once, and a ticket from before leads nowhere. Knows no socket and no machine.
 */

import { ticketSeconds } from '../protocol/tickets.ts'
import type { GuestsRequest } from '../protocol/visits.ts'
import { TicketError } from '../tickets.ts'
import type { Visitor } from './visits.ts'

type Who = Pick<Visitor, 'person' | 'cohort'>

export class Guests {
  readonly #inside = new Map<() => void, Who>()
  #dismissed: { whom: GuestsRequest; at: number }[] = []

  /**
   * @param issuedAt when they were found to have the right, in unix ms
   * @throws TicketError when they have lost it since
   * @returns what leaves
   */
  enter(visitor: Who, issuedAt: number, sendAway: () => void): () => void {
    if (this.#dismissed.some(({ whom, at }) => issuedAt <= at && isMeant(visitor, whom)))
      throw new TicketError('The right to be here is over.')
    // Each socket is one of its own, whatever function closes it.
    const one = () => sendAway()
    this.#inside.set(one, visitor)
    return () => this.#inside.delete(one)
  }

  dismiss(whom: GuestsRequest, now = Date.now()): void {
    // By then no ticket from before is good any more.
    this.#dismissed = this.#dismissed.filter(({ at }) => now - at <= 2 * ticketSeconds * 1000)
    this.#dismissed.push({ whom, at: now })
    for (const [sendAway, visitor] of this.#inside) if (isMeant(visitor, whom)) sendAway()
  }
}

const isMeant = (visitor: Who, { person, cohort }: GuestsRequest): boolean =>
  (person === null || person === visitor.person) && (cohort === null || cohort === visitor.cohort)
