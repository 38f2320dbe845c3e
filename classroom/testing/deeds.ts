/**
 * Everything of the classroom that asks for a right, by the right it asks for: what rights-table.test.ts has each kind of person do. Knows nobody and nothing
 * but what it is pointed at.
 */
import type { Person } from '../index.ts'
import type { Action } from '../rights.ts'
import { homework } from './assigned.ts'
import { lab, type testClassroom } from './classroom.ts'

export type House = Awaited<ReturnType<typeof testClassroom>>
/** What is reached for: a cohort, somebody in it, and what is theirs. */
export interface Target {
  cohort: string
  learner: string
  staff: string
  attempt: string
  session: string
  invitation: string
  assignment: string
  submission: string
}
export type Deed = (house: House, person: Person, target: Target) => Promise<unknown>

/** One deed or more for each action: everything of the classroom that asks for it. */
export const deeds: Record<Action, Deed[]> = {
  'attempt.see': [
    async ({ classroom }, person, { attempt }) => (await classroom.attempt(person, attempt)) ?? refused(),
    ({ classroom }, person, { attempt }) => classroom.recordings(person, attempt),
    ({ classroom }, person, { attempt }) => classroom.recording(person, attempt, '0-1.cast'),
  ],
  'attempt.work': [
    ({ classroom }, person, { attempt }) => classroom.extend(person, attempt),
    ({ classroom }, person, { attempt }) => classroom.reset(person, attempt),
    ({ classroom }, person, { attempt }) => classroom.saveMoment(person, attempt, 'mine'),
    async ({ classroom, service }, person, { attempt }) => {
      service.machines.get(attempt)?.rewind.moments.push(saved)
      await classroom.backTo(person, attempt, saved.id, null)
    },
    async ({ classroom, service }, person, { attempt }) => {
      service.machines.get(attempt)?.rewind.moments.push(saved)
      await classroom.dropMoment(person, attempt, saved.id)
    },
    ({ classroom }, person, { attempt }) => classroom.ticket(person, attempt, 'terminal'),
    ({ classroom }, person, { attempt }) => classroom.openTerminal(person, attempt, { cols: 80, rows: 24 }),
    ({ classroom }, person, { attempt }) => classroom.renameTerminal(person, attempt, 1, 'mine'),
    ({ classroom }, person, { attempt }) => classroom.closeTerminal(person, attempt, 1, false),
    ({ classroom }, person, { attempt }) => classroom.check(person, attempt, null),
    ({ classroom }, person, { attempt }) => classroom.keepAnswers(person, attempt, null),
    ({ classroom }, person, { attempt }) => classroom.submission(person, attempt),
    ({ classroom }, person, { attempt }) => classroom.finish(person, attempt),
  ],
  'session.end': [({ classroom }, person, { session }) => classroom.endSession(person, session)],
  'house.people': [
    ({ classroom }, person) => classroom.housePeople(person),
    ({ classroom }, person) => classroom.auditOfHouse(person),
    ({ classroom }, person, { learner }) => classroom.appoint(person, learner, 'learner'),
  ],
  'cohort.open': [({ classroom }, person) => classroom.openCohort(person, { name: 'New', timeZone: 'UTC' })],
  'cohort.see': [
    ({ classroom }, person, { cohort }) => classroom.cohort(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.screen(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.screenTicket(person, cohort, 'terminal'),
  ],
  'cohort.people': [({ classroom }, person, { cohort }) => classroom.members(person, cohort)],
  'cohort.change': [
    ({ classroom }, person, { cohort }) =>
      classroom.changeCohort(person, cohort, { name: 'Other', timeZone: 'UTC' }),
    ({ classroom }, person, { cohort }) => classroom.newCode(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.dropCode(person, cohort),
    async ({ classroom }, person, { cohort }) => {
      await classroom.archiveCohort(person, cohort)
      await classroom.unarchiveCohort(person, cohort)
    },
  ],
  'cohort.enroll': [
    ({ classroom }, person, { cohort }) => classroom.addPerson(person, cohort, { name: 'New', login: '' }),
    ({ classroom }, person, { cohort }) => classroom.invite(person, cohort, 'learner'),
    ({ classroom }, person, { cohort }) => classroom.inviteAll(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.openInvitations(person, cohort),
    ({ classroom }, person, { cohort, invitation }) =>
      classroom.withdrawInvitation(person, cohort, invitation),
    ({ classroom }, person, { cohort }) => classroom.previewRoster(person, cohort, roster(cohort)),
    ({ classroom }, person, { cohort }) => classroom.applyRoster(person, cohort, roster(cohort)),
    ({ classroom }, person, { cohort, learner }) => classroom.changeRole(person, cohort, learner, 'learner'),
    ({ classroom }, person, { cohort, learner }) => classroom.removePerson(person, cohort, learner),
  ],
  'cohort.release': [
    ({ classroom }, person, { cohort }) => classroom.releases(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.setPacing(person, cohort, 'open'),
    ({ classroom }, person, { cohort }) => classroom.openItem(person, cohort, 'chapter:ip', true),
    ({ classroom }, person, { cohort }) =>
      classroom.setReleases(person, cohort, [{ item: 'chapter:ip', releaseAt: '', requires: [] }]),
  ],
  'cohort.audit': [({ classroom }, person, { cohort }) => classroom.auditOfCohort(person, cohort)],
  'learner.look': [
    ({ classroom }, person, { cohort }) => classroom.lookable(person, cohort),
    ({ classroom }, person, { cohort, attempt }) => classroom.look(person, cohort, attempt),
    ({ classroom }, person, { cohort, attempt }) => classroom.lookTicket(person, cohort, attempt, 'terminal'),
    ({ classroom }, person, { cohort, attempt }) => classroom.lookTicket(person, cohort, attempt, 'watch'),
  ],
  'screen.show': [
    async (house, person, { cohort }) => {
      const own = await house.db.attempt.findFirst({ where: { personId: person.id, state: 'running' } })
      await house.classroom.showScreen(person, cohort, own?.id ?? noSuchId)
    },
    ({ classroom }, person, { cohort }) => classroom.endScreen(person, cohort),
  ],
  'fault.inject': [
    ({ classroom }, person, { cohort }) => classroom.injectable(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.injections(person, cohort),
    async ({ classroom, db }, person, { cohort, attempt }) => {
      // Each time anew: what is that lab's already is not broken again.
      const where = { id: attempt.length === 36 ? attempt : noSuchId, lab: 'silent-drop' }
      await db.attempt.updateMany({ where, data: { lab } })
      await (await classroom.inject(person, cohort, 'silent-drop', attempt)).done
    },
  ],
  'assignment.see': [
    ({ classroom }, person, { cohort }) => classroom.assignments(person, cohort),
    ({ classroom }, person, { assignment }) => classroom.assignment(person, assignment),
    ({ classroom }, person, { cohort }) => classroom.myAssignments(person, cohort),
    ({ classroom }, person, { assignment }) => classroom.myAssignment(person, assignment),
  ],
  'assignment.work': [
    ({ classroom }, person, { assignment }) => classroom.currentTry(person, assignment, lab),
    ({ classroom }, person, { assignment }) => classroom.startTry(person, assignment, lab),
  ],
  'assignment.change': [
    ({ classroom }, person, { cohort }) => classroom.makeAssignment(person, cohort, homework),
    ({ classroom }, person, { assignment }) => classroom.changeAssignment(person, assignment, homework),
    ({ classroom }, person, { assignment }) => classroom.publishAssignment(person, assignment),
    ({ classroom }, person, { assignment, learner }) =>
      classroom.giveExtension(person, assignment, learner, extension),
    ({ classroom }, person, { assignment, learner }) => classroom.takeExtension(person, assignment, learner),
    ({ classroom }, person, { assignment, learner }) =>
      classroom.excuseLearner(person, assignment, learner, 'ill'),
    ({ classroom }, person, { assignment }) => classroom.deleteAssignment(person, assignment),
  ],
  'report.see': [
    ({ classroom }, person, { cohort }) => classroom.report(person, cohort),
    ({ classroom }, person, { cohort, learner }) => classroom.learnerReport(person, cohort, learner),
    ({ classroom }, person, { cohort }) => classroom.reportCsv(person, cohort),
  ],
  'grade.see': [
    ({ classroom }, person, { assignment }) => classroom.extensions(person, assignment),
    ({ classroom }, person, { cohort }) => classroom.gradebook(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.gradebookCsv(person, cohort),
    ({ classroom }, person, { submission }) => classroom.dispute(person, submission),
    ({ classroom }, person, { submission }) => classroom.submissionRecording(person, submission, '0-1.cast'),
    ({ classroom }, person, { submission }) => classroom.submissionCounters(person, submission),
  ],
  'grade.change': [
    ({ classroom }, person, { assignment }) => classroom.previewRegrade(person, assignment, {}),
    async ({ classroom }, person, { assignment }) => {
      const { token } = await classroom.previewRegrade(person, assignment, {})
      await classroom.applyRegrade(person, assignment, {}, token)
    },
    ({ classroom }, person, { submission }) => classroom.overrideGrade(person, submission, 50, 'why'),
    ({ classroom }, person, { assignment: assignmentId, learner: personId }) =>
      classroom.gradeUnsubmitted(person, { assignmentId, personId, lab }, 50, 'why'),
  ],
  'room.attend': [
    ({ classroom }, person, { cohort }) => classroom.raiseHand(person, cohort, true),
    ({ classroom }, person, { cohort }) => classroom.raiseHand(person, cohort, false),
  ],
  'room.see': [
    ({ classroom }, person, { cohort }) => classroom.room(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.deviceChecks(person, cohort),
  ],
  'room.help': [({ classroom }, person, { cohort, learner }) => classroom.lowerHand(person, cohort, learner)],
  'room.lead': [
    ({ classroom }, person, { cohort }) => classroom.bring(person, cohort, 'chapter:ip'),
    ({ classroom }, person, { cohort }) => classroom.tell(person, cohort, 'command', 'ss -lnt'),
    ({ classroom }, person, { cohort }) => classroom.startTimer(person, cohort, 'Read', 5),
    ({ classroom }, person, { cohort }) => classroom.moreTime(person, cohort, 5),
    ({ classroom }, person, { cohort }) => classroom.stopTimer(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.reveal(person, cohort, lab, 1),
    ({ classroom }, person, { cohort }) => classroom.closeRoom(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.openRoom(person, cohort),
  ],
  'seats.reserve': [
    ({ classroom }, person, { cohort }) => classroom.seats(person, cohort),
    ({ classroom }, person, { cohort }) => classroom.reserveSeats(person, cohort, seats()),
    async (house, person, { cohort }) => {
      const id = await reservedSeats(house, cohort)
      await house.classroom.cancelSeats(person, cohort, id)
    },
  ],
  'password.reset': [
    ({ classroom }, person, { cohort, learner }) => classroom.resetPassword(person, cohort, learner),
  ],
  'password.reset-staff': [
    ({ classroom }, person, { cohort, staff }) => classroom.resetPassword(person, cohort, staff),
  ],
}

const extension = {
  dueAt: '',
  lateDueAt: '',
  extraMinutes: 1,
  extraAttempts: 0,
  excused: false,
  reason: 'ill',
}
const saved = { id: 1, kind: 'saved', name: 'mine', at: new Date().toISOString(), bytes: 1 } as const
export const seats = () => ({
  lab,
  seats: 2,
  from: '',
  until: new Date(Date.now() + 3_600_000).toISOString().slice(0, 16),
})
async function reservedSeats({ db }: House, cohortId: string): Promise<string> {
  const found = await db.seatReservation.findFirst({ where: { cohortId } }).catch(() => null)
  return found?.id ?? noSuchId
}
const roster = (cohort: string) => new TextEncoder().encode(`name,login\nSomebody,of-${cohort}\n`)
export const noSuchId = '0197f7b0-0000-7000-8000-000000000000'
const refused = (): never => {
  throw Object.assign(new Error('null'), { status: 404 })
}
