/**
 * The classroom: people, attempts, verdicts, progress, behind one door. Every function takes the person on whose behalf it acts and
 * refuses (`Refusal`, fit to be shown) what that person may not do. Knows no page, no cookie, no Docker.
 */
import type { LabMeta } from '../labs/schema.ts'
import type { SandboxClient } from '../sandbox/client.ts'
import { attempts } from './attempts.ts'
import { connect } from './database.ts'
import { hints } from './hints.ts'
import { people } from './people.ts'
import { progress } from './progress.ts'
import { recalls } from './recalls.ts'
import { terminals } from './terminals.ts'
import { verdicts } from './verdicts.ts'

export { Refusal } from './refusal.ts'
export type { Person } from './types.ts'

export interface ClassroomOptions {
  databaseUrl: string
  sandboxes: SandboxClient
  /** Signs tickets; the sandbox service holds the same. At least 32 bytes of text. */
  secret: string
  /** Who shows it is the owner. At least 16 characters. */
  ownerToken: string
  /** The labs that can be started. */
  labs: Iterable<Pick<LabMeta, 'id'>>
}

export function createClassroom(options: ClassroomOptions) {
  const { databaseUrl, sandboxes, secret, ownerToken } = options
  if (secret.length < 32) throw new Error('secret: at least 32 bytes of text are needed to sign tickets')
  if (ownerToken.length < 16) throw new Error('ownerToken: at least 16 characters are needed')
  const labs = new Set(Array.from(options.labs, (lab) => lab.id))
  const db = connect(databaseUrl)
  return {
    ...people(db, ownerToken),
    ...attempts({ db, sandboxes, secret, labs }),
    ...verdicts(db, sandboxes),
    ...hints(db, labs),
    ...progress(db),
    ...recalls(db),
    ...terminals(db, sandboxes),
    /** Lets go of the database's connections. */
    close: (): Promise<void> => db.$disconnect(),
  }
}
export type Classroom = ReturnType<typeof createClassroom>
