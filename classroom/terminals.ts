/**
 * Shells of one's own machine and their recordings, asked of the sandbox service on behalf of whoever the machine belongs to. Knows no rows'
 * columns and no WebSocket.
 */
import type { SandboxClient } from '../sandbox/client.ts'
import type { ClosedTerminal, RecordingInfo } from '../sandbox/protocol/requests.ts'
import { attemptRows } from './attempt-rows.ts'
import type { Database } from './database.ts'
import { noSuchAttempt, refusalOf } from './refusal.ts'
import type { Person } from './types.ts'

export function terminals(db: Database, sandboxes: SandboxClient) {
  const rows = attemptRows(db)

  /** A shell that is gone is no lost machine: refusals are passed on as they are. */
  async function working<T>(person: Person, id: string, ask: (sandbox: string) => Promise<T>): Promise<T> {
    const row = await rows.workable(person, id)
    return asked(() => ask(row.id))
  }

  /** Recordings are there after the end as well. */
  async function seeing<T>(person: Person, id: string, ask: (sandbox: string) => Promise<T>): Promise<T> {
    const row = await rows.visible(person, id)
    if (!row) throw noSuchAttempt()
    return asked(() => ask(row.id))
  }

  return {
    openTerminal: (person: Person, id: string, size: { cols: number; rows: number }) =>
      working(person, id, (sandbox) => sandboxes.openTerminal(sandbox, size)),
    /** Ends a shell; one that runs something only when forced. */
    closeTerminal: (person: Person, id: string, terminal: number, force: boolean): Promise<ClosedTerminal> =>
      working(person, id, (sandbox) => sandboxes.closeTerminal(sandbox, terminal, force)),
    renameTerminal: (person: Person, id: string, terminal: number, name: string) =>
      working(person, id, (sandbox) => sandboxes.renameTerminal(sandbox, terminal, name)),
    recordings: (person: Person, id: string): Promise<RecordingInfo[]> =>
      seeing(person, id, (sandbox) => sandboxes.recordings(sandbox)),
    recording: (person: Person, id: string, name: string): Promise<ReadableStream<Uint8Array>> =>
      seeing(person, id, (sandbox) => sandboxes.recording(sandbox, name)),
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw refusalOf(error)
  }
}
