import { expect, test } from 'vitest'
import { assigned } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'

test('a learner sees what is left, and how a grade came about: the mark, less hints, less lateness', async () => {
  await using house = await testClassroom()
  const { classroom, service } = house
  const setUp = await assigned(house, {
    ...{ dueAt: '2020-01-01T08:00', lateDueAt: '2099-01-01T08:00', maxAttempts: 2 },
    latePolicy: { kind: 'steps', steps: [{ afterHours: 0, percent: 20 }], graceMinutes: 0, cap: 100 },
  })
  const ada = await setUp.enrolled('Ada')
  expect((await classroom.myAssignments(ada, setUp.cohort))[0]).toMatchObject({
    ...{ excused: false, total: 0, dates: { dueAt: '2020-01-01T08:00', own: false } },
    labs: [{ lab, state: 'not_started', used: 0, most: 2, open: null, closed: null, submissions: [] }],
  })
  const { id } = await classroom.startTry(ada, setUp.assignment, lab)
  expect((await classroom.myAssignment(ada, setUp.assignment)).labs[0]).toMatchObject({
    ...{ state: 'running', used: 0, open: { attempt: id, deadlineAt: '2099-01-01T07:00:00.000Z' } },
  })
  await classroom.showHint(ada, lab, 1)
  service.faults.verdict = recordedCheck('pass')
  await classroom.handIn(ada, id, answers)
  const [mine] = (await classroom.myAssignment(ada, setUp.assignment)).labs
  const [handed] = mine?.submissions ?? []
  expect(mine).toMatchObject({ state: 'late', used: 1, open: null, closed: null })
  expect(handed).toMatchObject({
    ...{ id, counts: true, late: true, hints: 1, automatic: false, problem: null },
    earned: { judged: 1, late: 0.2, overridden: false, share: mine?.share },
    judgement: { cause: 'check', verdict: recordedCheck('pass').verdict },
  })
  expect(handed?.earned?.hints).toBeGreaterThan(0)
  expect(JSON.stringify(mine)).not.toContain('"before":{')

  await classroom.overrideGrade(setUp.teacher, id, 90, 'Agreed with Ada')
  expect((await classroom.myAssignment(ada, setUp.assignment)).labs[0]?.submissions[0]).toMatchObject({
    earned: { share: 0.9, late: 0, hints: 0, overridden: true },
    judgement: { cause: 'override', reason: 'Agreed with Ada', verdict: recordedCheck('pass').verdict },
  })
})

test('what could not be judged costs nothing and says so', async () => {
  await using house = await testClassroom({ loopTimes: { leaseMs: 1_000, againMs: 1, tries: 1 } })
  const setUp = await assigned(house, { maxAttempts: 1 })
  const ada = await setUp.enrolled('Ada')
  const { id } = await house.classroom.startTry(ada, setUp.assignment, lab)
  house.service.faults.verdict = recordedCheck('error')
  await house.classroom.handIn(ada, id, answers)
  expect((await house.classroom.myAssignment(ada, setUp.assignment)).labs[0]).toMatchObject({
    ...{ state: 'error', used: 0, most: 1, closed: null },
    submissions: [{ state: 'error', earned: null, counts: true, problem: { code: 'not-judged' } }],
  })
})

test('their own dates, and nobody else’s work', async () => {
  await using house = await testClassroom()
  const { classroom } = house
  const setUp = await assigned(house, { dueAt: '2020-01-01T08:00', maxAttempts: 1 })
  const [ada, ben] = [await setUp.enrolled('Ada'), await setUp.enrolled('Ben')]
  expect((await classroom.myAssignment(ada, setUp.assignment)).labs[0]).toMatchObject({ closed: 'too-late' })
  await classroom.giveExtension(setUp.teacher, setUp.assignment, ada.id, {
    ...{ dueAt: '2099-07-01T18:00', lateDueAt: '', extraMinutes: 0, extraAttempts: 1, excused: false },
    reason: 'ill',
  })
  const { id } = await classroom.startTry(ada, setUp.assignment, lab)
  await classroom.handIn(ada, id, answers)
  const hers = await classroom.myAssignment(ada, setUp.assignment)
  expect(hers).toMatchObject({
    dates: { dueAt: '2099-07-01T18:00', own: true, moments: { dueAt: '2099-07-01T16:00:00.000Z' } },
    labs: [{ most: 2, used: 1 }],
  })
  expect(JSON.stringify(hers)).not.toContain('"ill"')
  expect((await classroom.myAssignment(ben, setUp.assignment)).labs[0]?.submissions).toEqual([])
  await expect(
    classroom.myAssignment(await house.learner('Stranger'), setUp.assignment),
  ).rejects.toMatchObject({ status: 404 })
})

test('where the live map is forbidden, the ticket of its machine says so, and that of practice does not', async () => {
  await using house = await testClassroom()
  const terms = { hints: true, hintCost: 1, liveMap: false, rewind: true }
  const setUp = await assigned(house, { terms })
  const ada = await setUp.enrolled('Ada')
  const claims = async (attempt: string, channel: 'watch' | 'terminal') => {
    const [, payload = ''] = (await house.classroom.ticket(ada, attempt, channel)).split('.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString())
  }
  const { id } = await house.classroom.startTry(ada, setUp.assignment, lab)
  expect(await claims(id, 'watch')).toMatchObject({ sandbox: id, counters: 'never' })
  const practice = await house.classroom.startLab(ada, lab)
  expect(await claims(practice.id, 'watch')).not.toHaveProperty('counters')
})
