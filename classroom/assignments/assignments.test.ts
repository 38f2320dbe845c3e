import { expect, test } from 'vitest'
import { assigned, homework } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers } from '../testing/recorded.ts'

test('an assignment is made, seen by learners when it is published, and its seed key by nobody', async () => {
  await using house = await testClassroom()
  const { teacher, cohort, enrolled } = await assigned(house)
  const learner = await enrolled()
  const draft = await house.classroom.makeAssignment(teacher, cohort, { ...homework, title: 'Draft' })
  const titles = async (person: typeof learner) =>
    (await house.classroom.assignments(person, cohort)).map(({ title }) => title)
  expect(await titles(teacher)).toEqual(['Homework', 'Draft'])
  expect(await titles(learner)).toEqual(['Homework'])
  await expect(house.classroom.assignment(learner, draft)).rejects.toMatchObject({ status: 404 })
  await house.classroom.publishAssignment(teacher, draft)
  await house.classroom.publishAssignment(teacher, draft)
  expect(JSON.stringify(await house.classroom.assignment(learner, draft))).not.toMatch(/seedKey/)
  expect(await house.db.auditEntry.count({ where: { action: 'assignment.published' } })).toBe(2)
})

test('dates are clocks in the cohort’s zone, and come back as they were typed', async () => {
  await using house = await testClassroom()
  const dates = { releaseAt: '2026-10-20T08:00', dueAt: '2026-10-24T18:00', lateDueAt: '2026-10-26T18:00' }
  const { teacher, assignment } = await assigned(house, dates)
  expect(await house.classroom.assignment(teacher, assignment)).toMatchObject({
    ...dates,
    timeZone: 'Europe/Berlin',
    moments: { dueAt: '2026-10-24T16:00:00.000Z', lateDueAt: '2026-10-26T17:00:00.000Z' },
  })
})

test('everything that is wrong with it is said at once, each with its field, and nothing is stored', async () => {
  await using house = await testClassroom()
  const { teacher, cohort } = await assigned(house)
  const bad = {
    ...homework,
    title: ' ',
    releaseAt: '2026-03-29T02:30',
    dueAt: '2026-02-30T00:00',
    lateDueAt: '2026-05-01T00:00',
    minutes: 0,
    labs: [],
    terms: { ...homework.terms, hintCost: -1 },
  }
  const refused = house.classroom.makeAssignment(teacher, cohort, bad)
  await expect(refused).rejects.toMatchObject({ status: 400, problem: { code: 'bad-assignment' } })
  for (const field of ['title', 'releaseAt', 'dueAt', 'lateDueAt', 'minutes', 'labs', 'terms.hintCost'])
    await expect(refused).rejects.toThrow(new RegExp(`${field.replace('.', '\\.')}: `))
  await expect(refused).rejects.toThrow(/no 2026-03-29 02:30: the clocks go .* 03:30/)
  const labs = [
    { lab, weight: 1 },
    { lab: 'nowhere', weight: 1 },
    { lab, weight: 2 },
  ]
  await expect(house.classroom.makeAssignment(teacher, cohort, { ...homework, labs })).rejects.toThrow(
    /no lab "nowhere".*"accept-queue" is here twice/,
  )
  const order = {
    ...homework,
    releaseAt: '2026-05-02T00:00',
    dueAt: '2026-05-01T00:00',
    lateDueAt: '2026-04-01T00:00',
  }
  await expect(house.classroom.makeAssignment(teacher, cohort, order)).rejects.toThrow(/dueAt: .*lateDueAt: /)
  expect(await house.db.assignment.count()).toBe(1)
})

test('once somebody has begun, what they count on can be given and not be taken', async () => {
  await using house = await testClassroom()
  const terms = { minutes: 60, maxAttempts: 2, dueAt: '2099-05-01T18:00' }
  const { teacher, assignment, enrolled } = await assigned(house, terms)
  const before = await house.classroom.startTry(await enrolled(), assignment, lab)
  const change = (input: Partial<typeof homework>) =>
    house.classroom.changeAssignment(teacher, assignment, { ...homework, ...terms, ...input })
  const less = {
    minutes: 30,
    maxAttempts: 1,
    dueAt: '2099-04-01T18:00',
    seedPolicy: 'cohort' as const,
    counting: 'last' as const,
    terms: { ...homework.terms, rewind: false },
    labs: [{ lab: 'silent-drop', weight: 1 }],
  }
  const refused = change(less)
  for (const field of ['minutes', 'maxAttempts', 'dueAt', 'seedPolicy', 'counting', 'terms', 'labs'])
    await expect(refused).rejects.toThrow(new RegExp(`${field}: `))
  await change({
    title: 'Other',
    minutes: 90,
    maxAttempts: null,
    labs: [
      { lab, weight: 3 },
      { lab: 'silent-drop', weight: 1 },
    ],
  })
  const { deadlineAt } = await house.db.attempt.findUniqueOrThrow({ where: { id: before.id } })
  expect((deadlineAt?.getTime() ?? 0) - Date.parse(String(before.deadlineAt))).toBe(30 * 60_000)
  await expect(house.classroom.deleteAssignment(teacher, assignment)).rejects.toMatchObject({ status: 409 })
  expect(await house.classroom.assignment(teacher, assignment)).toMatchObject({ begun: true, title: 'Other' })
})

test('while nobody has begun, everything can be changed, and it can be deleted', async () => {
  await using house = await testClassroom()
  const { teacher, cohort, assignment } = await assigned(house, { minutes: 60 })
  await house.classroom.changeAssignment(teacher, assignment, {
    ...homework,
    minutes: 5,
    seedPolicy: 'cohort',
  })
  await house.classroom.deleteAssignment(teacher, assignment)
  expect(await house.classroom.assignments(teacher, cohort)).toEqual([])
})

test('two who change it at the same time: the second is told, and may replace what the first has saved', async () => {
  await using house = await testClassroom()
  const { teacher, assignment } = await assigned(house, { minutes: 60 })
  const { version } = await house.classroom.assignment(teacher, assignment)
  const change = (title: string, since: string) =>
    house.classroom.changeAssignment(teacher, assignment, { ...homework, title }, since)
  const first = await change('First', version)
  await expect(change('Second', version)).rejects.toMatchObject({ problem: { code: 'assignment-changed' } })
  expect(await house.classroom.assignment(teacher, assignment)).toMatchObject({
    title: 'First',
    version: first,
  })
  await house.classroom.publishAssignment(teacher, assignment)
  expect(await change('Second', first)).not.toBe(first)
  expect((await house.classroom.assignment(teacher, assignment)).title).toBe('Second')
})

test('a cohort that moves to another zone: days late are counted by its clocks, and whoever typed by the old ones is told', async () => {
  await using house = await testClassroom()
  const { classroom, db } = house
  // In the day after, the clocks in Berlin are put forward: it has 23 hours there.
  const dates = { dueAt: '2026-03-28T12:00', lateDueAt: '2099-01-01T12:00' }
  const latePolicy = { kind: 'perDay', percent: 10, graceMinutes: 0, cap: 100 } as const
  const { teacher, cohort, assignment, enrolled, grade } = await assigned(house, { ...dates, latePolicy })
  const ada = await enrolled()
  const { id } = await classroom.startTry(ada, assignment, lab)
  await classroom.handIn(ada, id, answers)
  await db.submission.update({
    where: { attemptId: id },
    data: { submittedAt: new Date('2026-03-29T10:30:00Z') },
  })
  const share = async (timeZone: string) => {
    await classroom.changeCohort(teacher, cohort, { name: 'Autumn', timeZone })
    return (await grade(ada))?.share ?? 0
  }
  const oneDay = await share('UTC')
  const typed = { ...dates, timeZone: 'Europe/Berlin' }
  const terms = { ...typed, extraMinutes: 0, extraAttempts: 0, excused: false, reason: 'ill' }
  const deeds = [
    () => classroom.changeAssignment(teacher, assignment, { ...homework, ...typed, latePolicy }),
    () => classroom.makeAssignment(teacher, cohort, { ...homework, ...typed }),
    () => classroom.giveExtension(teacher, assignment, ada.id, terms),
  ]
  for (const deed of deeds) await expect(deed()).rejects.toMatchObject({ problem: { code: 'zone-changed' } })
  const twoDays = await share('Europe/Berlin')
  expect(oneDay - twoDays).toBeCloseTo(0.1)
})

test('an extension gives one learner more, moves the deadline that runs, and is audited with its reason', async () => {
  await using house = await testClassroom()
  const { teacher, assignment, enrolled, grade } = await assigned(house, {
    minutes: 60,
    dueAt: '2099-05-01T18:00',
  })
  const [ada, grace] = [await enrolled('Ada'), await enrolled('Grace')]
  const before = await house.classroom.startTry(ada, assignment, lab)
  const extension = {
    dueAt: '',
    lateDueAt: '',
    extraMinutes: 30,
    extraAttempts: 0,
    excused: false,
    reason: 'Was ill',
  }
  await house.classroom.giveExtension(teacher, assignment, ada.id, extension)
  const { deadlineAt } = await house.db.attempt.findUniqueOrThrow({ where: { id: before.id } })
  expect((deadlineAt?.getTime() ?? 0) - Date.parse(String(before.deadlineAt))).toBe(30 * 60_000)
  await house.classroom.giveExtension(teacher, assignment, grace.id, { ...extension, excused: true })
  expect(await grade(grace)).toMatchObject({ state: 'excused', share: null })
  await house.classroom.takeExtension(teacher, assignment, grace.id)
  expect(await grade(grace)).toBeNull()
  const entry = await house.db.auditEntry.findFirstOrThrow({ where: { subjectId: ada.id } })
  expect(entry).toMatchObject({ action: 'extension.given', detail: { reason: 'Was ill' } })
  const bad = { ...extension, dueAt: 'soon', extraMinutes: -1, reason: ' ' }
  await expect(house.classroom.giveExtension(teacher, assignment, ada.id, bad)).rejects.toThrow(
    /dueAt: .*extraMinutes: .*reason: /,
  )
  const stranger = await house.learner('Stranger')
  await expect(
    house.classroom.giveExtension(teacher, assignment, stranger.id, extension),
  ).rejects.toMatchObject({ status: 404 })
})

test('an extension that is taken back ends the work now, and not in the past', async () => {
  await using house = await testClassroom()
  const { teacher, assignment, enrolled } = await assigned(house, { dueAt: '2020-05-01T18:00' })
  const ada = await enrolled('Ada')
  const more = { dueAt: '2099-05-01T18:00', lateDueAt: '', extraMinutes: 0, extraAttempts: 0, excused: false }
  await house.classroom.giveExtension(teacher, assignment, ada.id, { ...more, reason: 'Was ill' })
  const { id } = await house.classroom.startTry(ada, assignment, lab)
  const from = Date.now()
  await house.classroom.takeExtension(teacher, assignment, ada.id)
  const { deadlineAt } = await house.db.attempt.findUniqueOrThrow({ where: { id } })
  expect(deadlineAt?.getTime()).toBeGreaterThanOrEqual(from)
  expect(deadlineAt?.getTime()).toBeLessThanOrEqual(Date.now())
})

test('every problem is said at once, each with its field', async () => {
  await using house = await testClassroom()
  const { teacher, cohort } = await assigned(house)
  const bad = {
    ...homework,
    ...{ title: '', dueAt: '2026-03-29T02:30', minutes: 0 },
    labs: [
      { lab: '', weight: 1 },
      { lab, weight: 1 },
      { lab, weight: 1 },
    ],
  }
  const refusal = await house.classroom.makeAssignment(teacher, cohort, bad).catch((error) => error)
  expect(refusal).toMatchObject({ status: 400, problem: { code: 'bad-assignment' } })
  expect(refusal.fields).toEqual([
    { field: 'title', what: 'It is missing or too small' },
    { field: 'minutes', what: 'It is missing or too small' },
    { field: 'dueAt', what: expect.stringMatching(/there is no 2026-03-29 02:30/) },
    { field: 'labs.0', what: 'No lab is chosen' },
    { field: 'labs.2', what: `The lab "${lab}" is here twice` },
  ])
})

test('excusing keeps the other terms that somebody has, and needs a reason', async () => {
  await using house = await testClassroom()
  const { teacher, assignment, enrolled, grade } = await assigned(house, { dueAt: '2099-05-01T18:00' })
  const [ada, tess] = [await enrolled('Ada'), await enrolled('Tess', 'assistant')]
  const { giveExtension, excuseLearner, extensions } = house.classroom
  const later = {
    ...{ dueAt: '2099-06-01T18:00', lateDueAt: '', extraMinutes: 0, extraAttempts: 2, excused: false },
    reason: 'Was ill',
  }
  await giveExtension(teacher, assignment, ada.id, later)
  await expect(excuseLearner(teacher, assignment, ada.id, ' ')).rejects.toMatchObject({
    fields: [{ field: 'reason' }],
  })
  await excuseLearner(teacher, assignment, ada.id, 'Ill for long')
  expect(await extensions(teacher, assignment)).toMatchObject([
    { ...later, excused: true, reason: 'Ill for long' },
  ])
  expect(await grade(ada)).toMatchObject({ state: 'excused' })
  for (const [person, whose] of [
    [tess, ada.id],
    [ada, ada.id],
    [teacher, tess.id],
  ] as const)
    await expect(excuseLearner(person, assignment, whose, 'x')).rejects.toMatchObject({ status: 404 })
})

test('who works on it as an assignment may ask for hints of a lab that the course has not opened', async () => {
  await using house = await testClassroom()
  const { teacher, cohort, assignment, enrolled } = await assigned(house)
  const ada = await enrolled('Ada')
  await house.classroom.setPacing(teacher, cohort, 'hand')
  await expect(house.classroom.showHint(ada, lab, 1)).rejects.toMatchObject({ problem: { code: 'not-open' } })
  await house.classroom.startTry(ada, assignment, lab)
  await house.classroom.showHint(ada, lab, 1)
  expect(await house.classroom.hintsShown(ada, lab)).toBe(1)
})
