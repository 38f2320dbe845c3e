/**
 * The machine of an attempt: asked for, followed, ended. What the sandbox service says of it goes into the attempt's row. Knows no page, no grading and
 * nobody's rights.
 */
import type { SandboxClient } from '../sandbox/client.ts'
import type { SandboxStatus } from '../sandbox/protocol/status.ts'
import { timeBegins } from './assignments/deadlines.ts'
import { type AttemptRow, attemptRows, isOpen, viewOf } from './attempt-rows.ts'
import type { Database } from './database.ts'
import { afterInterruption } from './looking/injections.ts'
import { machineGone, neverStarted, refusalOf } from './refusal.ts'
import type { AttemptView, Person } from './types.ts'

/** A start asks the service at once; a row still `starting` without a machine after this long was interrupted. */
const startGraceMs = 60_000

export function machines(db: Database, sandboxes: SandboxClient) {
  const rows = attemptRows(db)
  return { startMachine, withMachine, follow, end }

  /** Asks for the machine. Asking twice for the same id is harmless: the service returns the one that runs. */
  async function startMachine(row: AttemptRow, role: Person['role']): Promise<AttemptView> {
    // The service knows whose house it is, and everybody else.
    const lease = role === 'owner' ? 'owner' : 'learner'
    const request = { id: row.id, lab: row.lab, seed: row.seed, owner: row.personId, role: lease } as const
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
    // Of an assignment it is finished when it is handed in; a machine that ran out before costs no attempt.
    if (status.state === 'ended' && row.assignmentId) return rows.close(row, 'lost', machineGone)
    if (status.state === 'ended') return rows.close(row, 'finished')
    if (status.lab !== row.lab && !row.assignmentId) {
      await afterInterruption(db, row.id, status)
      return rows.running(row, status.generation, new Date(status.startedAt))
    }
    const known = row.readyAt ? row : await withReady(row, status)
    if (known.state === 'running' && known.generation === status.generation) return known
    return rows.running(known, status.generation, new Date(status.startedAt))
  }

  /** By its first machine: one that was reset says of the fresh one when it began. */
  async function withReady(
    row: AttemptRow,
    { generation, startedAt, startMs }: SandboxStatus,
  ): Promise<AttemptRow> {
    return startMs === null || generation > 0
      ? row
      : timeBegins(db, row, new Date(Date.parse(startedAt) + startMs))
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
