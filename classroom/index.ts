/**
 * The classroom: people, attempts, verdicts, progress, behind one door. Every function takes the person on whose behalf it acts and
 * refuses (`Refusal`, fit to be shown) what that person may not do. Knows no page, no cookie, no Docker.
 */
import type { SandboxClient } from '../sandbox/client.ts'
import { archiving } from './archiving.ts'
import { keptAnswers } from './assignments/answers.ts'
import { assignments } from './assignments/assignments.ts'
import { disputes } from './assignments/dispute.ts'
import { due } from './assignments/due.ts'
import { gradebook } from './assignments/gradebook.ts'
import { mine } from './assignments/mine.ts'
import { overrides } from './assignments/overrides.ts'
import { type Judge, regrades } from './assignments/regrade.ts'
import { type LoopTimes, submissions } from './assignments/submissions.ts'
import { tries } from './assignments/tries.ts'
import { attempts } from './attempts.ts'
import { audit } from './audit.ts'
import { cohorts } from './cohorts.ts'
import { connect } from './database.ts'
import { deletion } from './deletion.ts'
import { enrollments } from './enrollments.ts'
import { entrance } from './entrance.ts'
import { exporting } from './export.ts'
import { hints } from './hints.ts'
import { invitations } from './invitations.ts'
import { type Faults, injections } from './looking/injections.ts'
import { looks } from './looking/looks.ts'
import { screens } from './looking/screens.ts'
import { visitsLog } from './looking/visits-log.ts'
import { people } from './people.ts'
import { progress } from './progress.ts'
import { recalls } from './recalls.ts'
import { type LabPlace, releases } from './releases.ts'
import { reports } from './report/reports.ts'
import { devices } from './room/device.ts'
import { rooms } from './room/rooms.ts'
import { seats } from './room/seats.ts'
import { rosters } from './rosters.ts'
import { sessions } from './sessions.ts'
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
  labs: Iterable<LabPlace>
  /** Judges stored evidence again, by the labs as they are now. */
  judge?: Judge
  /** What can be broken on a machine that runs; nothing, when not told. */
  faults?: Faults
  /** Of the loop that hands in; tests compress time. */
  loopTimes?: LoopTimes
}

export function createClassroom(options: ClassroomOptions) {
  const { databaseUrl, sandboxes, secret, ownerToken } = options
  if (secret.length < 32) throw new Error('secret: at least 32 bytes of text are needed to sign tickets')
  if (ownerToken.length < 16) throw new Error('ownerToken: at least 16 characters are needed')
  const places = Array.from(options.labs)
  const labs = new Set(places.map((lab) => lab.id))
  const db = connect(databaseUrl)
  const release = releases(db, places)
  /** The playground has no chapter and nothing to be graded. */
  const gradable = new Set(places.flatMap(({ id, chapter }) => (chapter ? [id] : [])))
  return {
    ...people(db, ownerToken),
    ...sessions(db),
    ...entrance(db),
    ...cohorts(db),
    ...archiving(db, sandboxes),
    ...enrollments(db, sandboxes),
    ...invitations(db),
    ...rosters(db),
    ...audit(db),
    ...release,
    ...attempts({ db, sandboxes, secret, labs, requireOpen: release.requireOpen }),
    ...verdicts(db, sandboxes),
    ...hints(db, labs, release.requireOpen),
    ...progress(db, release.requireOpen),
    ...recalls(db),
    ...terminals(db, sandboxes),
    ...looks(db, secret),
    ...screens(db, sandboxes, secret),
    ...visitsLog(db, sandboxes),
    ...injections(db, sandboxes, options.faults ?? noFaults),
    ...assignments(db, gradable),
    ...mine(db, gradable),
    ...due(db),
    ...tries(db, sandboxes),
    ...keptAnswers(db),
    ...submissions(db, sandboxes, options.loopTimes),
    ...regrades(db, options.judge ?? noJudge),
    ...overrides(db),
    ...gradebook(db),
    ...disputes(db, sandboxes),
    ...reports(db),
    ...rooms(db, labs),
    ...seats(db, sandboxes, labs),
    ...devices(db),
    ...exporting(db, sandboxes),
    ...deletion(db, sandboxes),
    /** Lets go of the database's connections. */
    close: (): Promise<void> => db.$disconnect(),
  }
}
const noFaults: Faults = {
  list: async () => [],
  kindAt: async () => null,
  seedOfKind: async () => null,
}
const noJudge: Judge = () => Promise.reject(new Error('judge: nothing was given that could judge again'))

export type Classroom = ReturnType<typeof createClassroom>
