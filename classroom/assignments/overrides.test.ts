import { expect, test } from 'vitest'
import { assigned } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'

/** Ada has not begun; it was due long ago. */
async function unsubmitted() {
  const house = await testClassroom({
    judge: async () => recordedCheck('pass').verdict,
    loopTimes: { leaseMs: 5_000, againMs: 1, tries: 1 },
  })
  const setUp = await assigned(house, { dueAt: '2020-01-01T08:00', maxAttempts: 1 })
  const ada = await setUp.enrolled('Ada')
  const place = { assignmentId: setUp.assignment, personId: ada.id, lab }
  return {
    ...house,
    ...setUp,
    ada,
    place,
    set: (percent: number, reason: string) =>
      house.classroom.gradeUnsubmitted(setUp.teacher, place, percent, reason),
    mine: async () => (await house.classroom.myAssignment(ada, setUp.assignment)).labs[0],
  }
}

test('where nothing was handed in an instructor sets a grade, with a reason that the learner reads, and no attempt is used', async () => {
  await using house = await unsubmitted()
  await house.set(60, ' Shown on paper ')
  expect(await house.grade(house.ada)).toMatchObject({
    ...{ state: 'submitted', share: 0.6, overridden: true, attempts: 0 },
  })
  expect(await house.mine()).toMatchObject({
    ...{ used: 0, most: 1, lastCheck: null },
    submissions: [
      {
        ...{ nothing: true, counts: true, late: false, earned: { share: 0.6, late: 0 } },
        judgement: { cause: 'override', reason: 'Shown on paper', verdict: null },
      },
    ],
  })
  const entry = await house.db.auditEntry.findFirstOrThrow({ where: { action: 'grade.overridden' } })
  expect(entry).toMatchObject({
    subjectId: house.ada.id,
    detail: { lab, score: 60, reason: 'Shown on paper' },
  })
  expect((await house.classroom.report(house.teacher, house.cohort)).rows).toEqual([])
})

test('judging this one again takes it back, as if it had never been, and it can be set anew', async () => {
  await using house = await unsubmitted()
  const { classroom, teacher, assignment } = house
  await house.set(60, 'Shown on paper')
  expect(await classroom.previewRegrade(teacher, assignment, {})).toMatchObject({
    overridden: 1,
    changes: [],
  })
  const { submissionId } = (await house.grade(house.ada)) ?? {}
  const scope = { submission: submissionId ?? '' }
  const { token, changes } = await classroom.previewRegrade(teacher, assignment, scope)
  expect(changes).toMatchObject([{ before: { score: 60 }, after: { status: 'error' } }])
  await classroom.applyRegrade(teacher, assignment, scope, token)
  expect(await house.grade(house.ada)).toBeNull()
  expect(await house.mine()).toMatchObject({ state: 'not_started', submissions: [] })
  await house.set(70, 'Shown again')
  expect(await house.grade(house.ada)).toMatchObject({ share: 0.7, submissionId })
  expect(await house.db.attempt.count()).toBe(1)
})

test('what was handed in is graded there; who is no learner here and a lab that is not in it are not found', async () => {
  await using house = await unsubmitted()
  const { classroom, teacher, assignment, place } = house
  await house.db.assignment.updateMany({ data: { dueAt: null } })
  const { id } = await classroom.startTry(house.ada, assignment, lab)
  await classroom.handIn(house.ada, id, answers)
  await expect(house.set(60, 'x')).rejects.toMatchObject({ problem: { code: 'handed-in-meanwhile' } })
  const stranger = await house.learner('Stranger')
  for (const other of [{ personId: stranger.id }, { lab: 'silent-drop' }])
    await expect(classroom.gradeUnsubmitted(teacher, { ...place, ...other }, 60, 'x')).rejects.toMatchObject({
      status: 404,
    })
  await expect(house.set(101, '')).rejects.toMatchObject({ status: 400 })
  expect(await house.db.judgement.count()).toBe(1)
})

test('a word on what could not be judged and left no evidence is taken back as well', async () => {
  await using house = await unsubmitted()
  const { classroom, teacher, assignment, ada } = house
  await house.db.assignment.updateMany({ data: { dueAt: null } })
  const { id } = await classroom.startTry(ada, assignment, lab)
  house.service.machines.clear()
  await classroom.handIn(ada, id, answers)
  await classroom.overrideGrade(teacher, id, 80, 'Seen in class')
  expect(await house.grade(ada)).toMatchObject({ share: 0.8, attempts: 0 })
  const { token } = await classroom.previewRegrade(teacher, assignment, { submission: id })
  await classroom.applyRegrade(teacher, assignment, { submission: id }, token)
  expect(await house.grade(ada)).toMatchObject({ state: 'error', share: null, overridden: false })
  expect(await classroom.submission(ada, id)).toMatchObject({ problem: { code: 'gone-before-check' } })
})
