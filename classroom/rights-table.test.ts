/**
 * Every line of docs/rights.md, tried on the real classroom: each kind of person does each thing with what is their own, what belongs to their
 * cohort, what belongs to another one, and what does not exist. What is refused is refused as if it did not exist, and nothing has changed.
 */
import { describe, expect, test } from 'vitest'
import type { Person } from './index.ts'
import { type Action, may, rights, type Standing } from './rights.ts'
import { openSession } from './sessions.ts'
import { homework } from './testing/assigned.ts'
import { lab, testClassroom } from './testing/classroom.ts'
import type { CohortRole, Role } from './types.ts'

type House = Awaited<ReturnType<typeof testClassroom>>
/** What is reached for: a cohort, somebody in it, and what is theirs. */
interface Target {
  cohort: string
  learner: string
  staff: string
  attempt: string
  session: string
  invitation: string
  assignment: string
  submission: string
}
type Deed = (house: House, person: Person, target: Target) => Promise<unknown>

/** One deed or more for each action: everything of the classroom that asks for it. */
const deeds: Record<Action, Deed[]> = {
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

/** What asks for no right over anything: each takes no id of a thing, or the thing itself is the right. */
const withoutRight = [
  // Ways in, and what is one's own.
  ...[
    'signIn',
    'signInByPassword',
    'signInByReturnCode',
    'signInByIdentity',
    'personOf',
    'signOut',
    'sessions',
  ],
  ...['cohortOfCode', 'join', 'invitation', 'acceptWithPassword', 'acceptByJoining'],
  ...['account', 'rename', 'setPassword', 'exportOf', 'deleteAccount', 'keepDeviceCheck'],
  // One's own learning: by lab or chapter, which a cohort's release may keep closed (releases.test.ts).
  ...['startLab', 'currentAttempt', 'openAttempts', 'verdicts', 'showHint', 'hintsShown'],
  ...['progress', 'completedAt', 'markRead', 'markUnread', 'keepPlace', 'recalls', 'answerRecall'],
  ...['openFor', 'requireOpen', 'dueWork'],
  // Lists of what is there for oneself, and whether there is something.
  ...['cohorts', 'mayOpenCohorts', 'mayLead', 'attendsRoom', 'classes', 'classOf'],
  // Of the app itself, on nobody's behalf.
  ...['takeVisits', 'submitDue', 'storedRoom', 'close'],
]
/** What asks for more than one right, or needs more than a thing that is there: a test of its own, below. */
const apart = ['copyCohort', 'handIn', 'handInLastCheck', 'reveals']

/** Every machine can become every other. */
const oneKind = {
  list: async () => ['silent-drop'],
  kindAt: async () => 'one',
  seedOfKind: async () => 7,
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
const seats = () => ({
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
const noSuchId = '0197f7b0-0000-7000-8000-000000000000'
const nothing: Target[] = [
  {
    cohort: noSuchId,
    learner: noSuchId,
    staff: noSuchId,
    attempt: noSuchId,
    session: 'f'.repeat(64),
    invitation: 'f'.repeat(64),
    assignment: noSuchId,
    submission: noSuchId,
  },
  {
    cohort: 'no-uuid',
    learner: "'",
    staff: '',
    attempt: '../1',
    session: '',
    invitation: '',
    assignment: "'",
    submission: '',
  },
]
const refused = (): never => {
  throw Object.assign(new Error('null'), { status: 404 })
}

/** Two cohorts with somebody of each role, and a machine, a session and an invitation of each learner. */
async function twoCohorts(house: House) {
  const owner = await house.owner()
  const cohort = async (name: string): Promise<Target> => {
    const id = await house.classroom.openCohort(owner, { name, timeZone: 'UTC' })
    const [learner, staff] = [await member(house, id, 'learner'), await member(house, id, 'assistant')]
    await house.classroom.invite(owner, id, 'learner')
    await house.classroom.openRoom(owner, id)
    await house.classroom.showScreen(staff, id, (await house.classroom.startLab(staff, lab)).id)
    await house.classroom.reserveSeats(owner, id, seats())
    const assignment = await house.classroom.makeAssignment(owner, id, homework)
    await house.classroom.publishAssignment(owner, assignment)
    const [invitation] = await house.classroom.openInvitations(owner, id)
    return {
      cohort: id,
      learner: learner.id,
      staff: staff.id,
      invitation: invitation?.id ?? '',
      assignment,
      submission: await handedIn(house, learner, id),
      ...(await belongings(house, learner)),
    }
  }
  return { owner, here: await cohort('Here'), elsewhere: await cohort('Elsewhere') }
}

/** Work that was handed in, of an assignment of its own: one that somebody has begun cannot be deleted. */
async function handedIn({ classroom, db, ...house }: House, person: Person, cohort: string): Promise<string> {
  const owner = await house.owner()
  const assignmentId = await classroom.makeAssignment(owner, cohort, homework)
  await classroom.publishAssignment(owner, assignmentId)
  const attempt = {
    personId: person.id,
    assignmentId,
    lab,
    seed: 7,
    state: 'finished',
    endedAt: new Date(),
  } as const
  const { id } = await db.attempt.create({ data: attempt })
  const submission = { attemptId: id, state: 'graded', automatic: false, submittedAt: new Date() } as const
  await db.submission.create({ data: submission })
  return id
}

async function member(house: House, cohortId: string, role: CohortRole, inHouse: Role = 'learner') {
  const person = await house.learner(`${inHouse} ${role}`)
  if (inHouse === 'instructor')
    await house.db.person.update({ where: { id: person.id }, data: { role: inHouse } })
  await house.db.enrollment.create({ data: { cohortId, personId: person.id, role } })
  return { ...person, role: inHouse }
}

async function belongings(house: House, person: Person) {
  const { id: attempt } = await house.classroom.startLab(person, lab)
  const { session } = await openSession(house.db, person)
  const seen = (await house.classroom.sessions(person, session)).find(({ current }) => current)
  return { attempt, session: seen?.id ?? '' }
}

/** The actor and how they stand to what is here. */
const actors: { who: string; standing: Standing; role: Role; inCohort: CohortRole | null }[] = [
  { who: 'an instructor of the cohort', standing: 'instructor', role: 'learner', inCohort: 'instructor' },
  { who: 'an assistant of the cohort', standing: 'assistant', role: 'learner', inCohort: 'assistant' },
  { who: 'a learner of the cohort', standing: 'learner', role: 'learner', inCohort: 'learner' },
  { who: 'an instructor of the house in no cohort', standing: 'none', role: 'instructor', inCohort: null },
  { who: 'somebody in no cohort', standing: 'none', role: 'learner', inCohort: null },
  { who: 'the owner in no cohort', standing: 'none', role: 'owner', inCohort: null },
]

/** Without a cohort or a thing: the same wherever it is asked. */
const inHouse = ['cohort.open', 'house.people']

describe.each(actors)('$who', ({ standing, role, inCohort }) => {
  test.each(Object.keys(rights) as Action[])('%s', async (action) => {
    await using house = await testClassroom({ faults: oneKind })
    const { owner, here, elsewhere } = await twoCohorts(house)
    for (const deed of deeds[action]) {
      const person = await actor(house, owner, here)
      const own: Target = { ...here, ...(await belongings(house, person)) }
      const isOwn = rights[action].standing.some((one) => one === 'own')
      await expectRight(house, deed, person, here, may({ role }, action, standing))
      await expectRight(house, deed, person, elsewhere, may({ role }, action, 'none'))
      if (isOwn) await expectRight(house, deed, person, own, true)
      if (!inHouse.includes(action)) {
        for (const target of nothing) await expectRight(house, deed, person, target, false)
      }
    }
  })

  async function actor(house: House, owner: Person, { cohort }: Target): Promise<Person> {
    if (role === 'owner') {
      await house.db.enrollment.deleteMany({ where: { personId: owner.id } })
      return owner
    }
    if (inCohort) {
      const person = await member(house, cohort, inCohort)
      // A second one, so that removing and demoting meets no last instructor.
      await member(house, cohort, 'instructor')
      return person
    }
    const person = await house.learner('Somebody')
    await house.db.person.update({ where: { id: person.id }, data: { role } })
    return { ...person, role }
  }
})

test('a cohort is copied by who may open cohorts and changes this one; either alone is not enough', async () => {
  await using house = await testClassroom()
  const { owner, here, elsewhere } = await twoCohorts(house)
  const copy = (person: Person, { cohort }: Target) => house.classroom.copyCohort(person, cohort, 'Copy')
  const both = await member(house, here.cohort, 'instructor', 'instructor')
  for (const person of [both, owner]) await copy(person, here)
  const refusedOnes: [Person, Target][] = [
    [await member(house, here.cohort, 'instructor'), here],
    [await member(house, here.cohort, 'assistant', 'instructor'), here],
    [both, elsewhere],
  ]
  for (const [person, target] of refusedOnes)
    await expect(copy(person, target)).rejects.toMatchObject({ status: 404 })
})

test('what was shown to all is read by who attends the room and by who sees it, and by nobody else', async () => {
  await using house = await testClassroom()
  const { owner, here, elsewhere } = await twoCohorts(house)
  for (const role of ['learner', 'assistant', 'instructor'] as const) {
    const person = await member(house, here.cohort, role)
    expect(await house.classroom.reveals(person, here.cohort)).toEqual([])
    for (const { cohort } of [elsewhere, ...nothing])
      await expect(house.classroom.reveals(person, cohort)).rejects.toMatchObject({ status: 404 })
  }
  expect(await house.classroom.reveals(owner, here.cohort)).toEqual([])
})

test('work is handed in by its own person alone', async () => {
  await using house = await testClassroom()
  const { owner, here } = await twoCohorts(house)
  const learner = await member(house, here.cohort, 'learner')
  const { id } = await house.classroom.startTry(learner, here.assignment, lab)
  const others = [
    owner,
    await member(house, here.cohort, 'instructor'),
    await member(house, here.cohort, 'learner'),
  ]
  for (const person of others) {
    await expectRight(house, ({ classroom }) => classroom.handIn(person, id, null), person, here, false)
    const last: Deed = ({ classroom }) => classroom.handInLastCheck(person, id)
    await expectRight(house, last, person, here, false)
  }
  expect(await house.classroom.handIn(learner, id, null)).toMatchObject({ state: 'graded' })
})

test('everything that the classroom does is tried here, or said to ask for no right', async () => {
  await using house = await testClassroom()
  const tried = Object.values(deeds).flat().map(String).join('\n')
  const isTried = (name: string) => new RegExp(`classroom\\.${name}\\(`).test(tried)
  const named = new Set([...withoutRight, ...apart])
  const all = Object.keys(house.classroom)
  expect(all.filter((name) => !isTried(name) && !named.has(name))).toEqual([])
  expect([...named].filter((name) => isTried(name) || !all.includes(name))).toEqual([])
})

async function expectRight(house: House, deed: Deed, person: Person, target: Target, allowed: boolean) {
  if (allowed) return expect(deed(house, person, target)).resolves.not.toThrow()
  const before = await everything(house)
  await expect(deed(house, person, target)).rejects.toMatchObject({ status: 404 })
  expect(await everything(house)).toEqual(before)
}

const everything = async ({ db }: House) =>
  Promise.all([
    db.person.findMany({ orderBy: { id: 'asc' } }),
    db.cohort.findMany({ orderBy: { id: 'asc' } }),
    db.enrollment.findMany({ orderBy: [{ cohortId: 'asc' }, { personId: 'asc' }] }),
    db.invitation.findMany({ orderBy: { tokenHash: 'asc' } }),
    db.session.findMany({ orderBy: { tokenHash: 'asc' } }),
    db.attempt.findMany({ orderBy: { id: 'asc' } }),
    db.release.findMany(),
    db.seatReservation.findMany(),
    db.workshopRoom.findMany({ include: { hands: true, messages: true, reveals: true } }),
    db.assignment.findMany({ orderBy: { id: 'asc' }, include: { labs: { orderBy: { position: 'asc' } } } }),
    db.extension.findMany(),
    db.submission.findMany({ include: { judgements: true } }),
    db.grade.findMany(),
    db.verdict.findMany({ orderBy: { id: 'asc' } }),
    db.injection.findMany({ orderBy: { id: 'asc' } }),
    db.screen.findMany(),
    db.auditEntry.count(),
  ])
