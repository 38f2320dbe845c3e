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
import { type Deed, deeds, type House, noSuchId, seats, type Target } from './testing/deeds.ts'
import type { CohortRole, Role } from './types.ts'

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
