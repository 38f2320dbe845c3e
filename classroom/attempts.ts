/**
 * Attempts: one machine of one person for one lab, from start to finish. The row is written before the machine is asked for (machines.ts follows
 * it). Those of an assignment are begun and handed in elsewhere (assignments/). Knows no grading, no Docker and no page.
 */
import { randomInt } from 'node:crypto'
import type { SandboxClient } from '../sandbox/client.ts'
import type { TicketClaims } from '../sandbox/protocol/tickets.ts'
import { signTicket } from '../sandbox/tickets.ts'
import { attemptRows, isOpen, viewOf } from './attempt-rows.ts'
import type { Database } from './database.ts'
import { machines } from './machines.ts'
import { handInInstead, unknownLab } from './refusal.ts'
import type { RequireOpen } from './release.ts'
import type { AttemptView, Person } from './types.ts'

export interface AttemptParts {
  db: Database
  sandboxes: SandboxClient
  secret: string
  labs: ReadonlySet<string>
  requireOpen: RequireOpen
}

export function attempts({ db, sandboxes, secret, labs, requireOpen }: AttemptParts) {
  const rows = attemptRows(db)
  const { startMachine, withMachine, follow, end } = machines(db, sandboxes)

  return {
    /** The newest attempt unless it was finished. One that was lost or failed stays to be seen until the next start. */
    async currentAttempt(person: Person, lab: string): Promise<AttemptView | null> {
      checkLab(lab)
      const row = await rows.newest(person, lab)
      return row && row.state !== 'finished' ? withMachine(row) : null
    },

    /** All of theirs whose machine is there or on its way, the newest first. */
    async openAttempts(person: Person): Promise<AttemptView[]> {
      const views = await Promise.all((await rows.allOpen(person)).map(withMachine))
      return views.filter(isOpen)
    },

    async attempt(person: Person, id: string): Promise<AttemptView | null> {
      const row = await rows.visible(person, id)
      return row && withMachine(row)
    },

    /** The open attempt if there is one, else a new one: a double click and two tabs get the same machine. */
    async startLab(person: Person, lab: string): Promise<AttemptView> {
      checkLab(lab)
      const open = await rows.open(person, lab)
      const seen = open && (await withMachine(open))
      if (seen && isOpen(seen) && !(seen.state === 'starting' && seen.sandbox === null)) return seen
      if (!seen || !isOpen(seen)) await requireOpen(person, `lab:${lab}`)
      const row = seen && isOpen(seen) ? open : await rows.create(person, lab, randomInt(2 ** 31))
      return startMachine(row, person.role)
    },

    /** More time for the machine, up to what the person's role allows. Twice is once. */
    async extend(person: Person, id: string): Promise<AttemptView> {
      const row = await rows.workable(person, id)
      const status = await rows.asking(row, () => sandboxes.extend(row.id))
      return viewOf(await follow(row, status), status)
    },

    async reset(person: Person, id: string): Promise<AttemptView> {
      const row = await rows.workable(person, id)
      const status = await rows.asking(row, () => sandboxes.reset(row.id))
      return viewOf(await follow(row, status), status)
    },

    async saveMoment(person: Person, id: string, name: string): Promise<AttemptView> {
      const row = await rows.rewindable(person, id)
      return viewOf(row, await rows.asking(row, () => sandboxes.saveMoment(row.id, name)))
    },

    async backTo(person: Person, id: string, moment: number, saveAs: string | null): Promise<AttemptView> {
      const row = await rows.rewindable(person, id)
      return viewOf(row, await rows.asking(row, () => sandboxes.backTo(row.id, moment, saveAs)))
    },

    async dropMoment(person: Person, id: string, moment: number): Promise<AttemptView> {
      const row = await rows.workable(person, id)
      return viewOf(row, await rows.asking(row, () => sandboxes.dropMoment(row.id, moment)))
    },

    /** Ends the machine; the verdicts stay. Finishing twice is finishing once. */
    async finish(person: Person, id: string): Promise<AttemptView> {
      const row = await rows.owned(person, id)
      if (!isOpen(row)) return viewOf(row, null)
      if (row.assignmentId) throw handInInstead()
      await end(row.id)
      return viewOf(await rows.close(row, 'finished'), null)
    },

    /** For the browser's WebSocket: good for a minute, for this person and this machine only. */
    async ticket(person: Person, id: string, channel: 'terminal' | 'watch'): Promise<string> {
      const row = await rows.workable(person, id)
      const counters = channel === 'watch' && (await rows.withoutMap(row)) ? 'never' : undefined
      const claims: TicketClaims = { aud: channel, sub: person.id, sandbox: row.id, mode: 'type', counters }
      return signTicket(claims, secret)
    },
  }

  function checkLab(lab: string): void {
    if (!labs.has(lab)) throw unknownLab(lab)
  }
}
