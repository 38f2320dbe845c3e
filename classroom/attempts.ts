/**
 * Attempts: one machine of one person for one lab, from start to finish. The row is written before the machine is asked for, and what
 * the sandbox service says of the machine is followed here. Knows no grading, no Docker and no page.
 */
import { randomInt } from 'node:crypto'
import type { SandboxClient } from '../sandbox/client.ts'
import type { SandboxStatus, TicketClaims } from '../sandbox/protocol.ts'
import { signTicket } from '../sandbox/tickets.ts'
import { type AttemptRow, attemptRows, isOpen, viewOf } from './attempt-rows.ts'
import type { Database } from './database.ts'
import { machineGone, neverStarted, refusalOf, unknownLab } from './refusal.ts'
import type { AttemptView, Person } from './types.ts'

/** A start asks the service at once; a row still `starting` without a machine after this long was interrupted. */
const startGraceMs = 60_000

export interface AttemptParts {
  db: Database
  sandboxes: SandboxClient
  secret: string
  labs: ReadonlySet<string>
}

export function attempts({ db, sandboxes, secret, labs }: AttemptParts) {
  const rows = attemptRows(db)

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
      const row = await rows.workable(person, id)
      return viewOf(row, await rows.asking(row, () => sandboxes.saveMoment(row.id, name)))
    },

    async backTo(person: Person, id: string, moment: number, saveAs: string | null): Promise<AttemptView> {
      const row = await rows.workable(person, id)
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
      await end(row.id)
      return viewOf(await rows.close(row, 'finished'), null)
    },

    /** For the browser's WebSocket: good for a minute, for this person and this machine only. */
    async ticket(person: Person, id: string, channel: 'terminal' | 'watch'): Promise<string> {
      const row = await rows.workable(person, id)
      const claims: TicketClaims = { aud: channel, sub: person.id, sandbox: row.id, mode: 'type' }
      return signTicket(claims, secret)
    },
  }

  function checkLab(lab: string): void {
    if (!labs.has(lab)) throw unknownLab(lab)
  }

  /** Asks for the machine. Asking twice for the same id is harmless: the service returns the one that runs. */
  async function startMachine(row: AttemptRow, role: Person['role']): Promise<AttemptView> {
    const request = { id: row.id, lab: row.lab, seed: row.seed, owner: row.personId, role }
    const status = await sandboxes.start(request).catch(async (error) => {
      const refusal = refusalOf(error)
      await rows.close(row, 'failed', refusal.problem, 'starting')
      throw refusal
    })
    const followed = await follow(row, status)
    if (isOpen(followed)) return viewOf(followed, status)
    // Closed in the meantime from another tab: this machine would be nobody's.
    await end(row.id)
    return viewOf(followed, null)
  }

  /** The row with what the service says of its machine now; closes the row when the machine is over. */
  async function withMachine(row: AttemptRow): Promise<AttemptView> {
    if (!isOpen(row)) return viewOf(row, null)
    try {
      const status = await sandboxes.status(row.id)
      return viewOf(await follow(row, status), status)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal.status !== 404) return viewOf(row, null, refusal.problem)
      return viewOf(await missing(row), null)
    }
  }

  async function follow(row: AttemptRow, status: SandboxStatus): Promise<AttemptRow> {
    if (status.state === 'failed') return rows.close(row, 'failed', status.problem ?? neverStarted)
    if (status.state === 'ended') return rows.close(row, 'finished')
    if (row.state === 'running' && row.generation === status.generation) return row
    return rows.running(row, status.generation, new Date(status.startedAt))
  }

  async function missing(row: AttemptRow): Promise<AttemptRow> {
    if (row.state === 'running') return rows.close(row, 'lost', machineGone)
    if (Date.now() - row.createdAt.getTime() < startGraceMs) return row
    return rows.close(row, 'failed', neverStarted)
  }

  async function end(id: string): Promise<void> {
    await sandboxes.end(id).catch((error) => {
      const refusal = refusalOf(error)
      if (refusal.status !== 404) throw refusal
    })
  }
}
