import { expect, test } from 'vitest'
import { assigned } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'

async function handedIn() {
  const house = await testClassroom({ judge: async () => recordedCheck('pass').verdict })
  const setUp = await assigned(house)
  const ada = await setUp.enrolled('Ada')
  const { id } = await house.classroom.startTry(ada, setUp.assignment, lab)
  await house.classroom.showHint(ada, lab, 1)
  house.service.faults.verdict = recordedCheck('fail')
  await house.classroom.handIn(ada, id, answers)
  return { ...house, ...setUp, ada, id }
}

test('one submission with its criteria, its evidence before and after, its recordings and all that was judged', async () => {
  await using house = await handedIn()
  const { classroom, teacher, assignment, ada, id } = house
  const { token } = await classroom.previewRegrade(teacher, assignment, {})
  await classroom.applyRegrade(teacher, assignment, {}, token)
  await classroom.overrideGrade(teacher, id, 40, 'Agreed with Ada')
  const view = await classroom.dispute(teacher, id)
  expect(view).toMatchObject({
    ...{ submission: id, lab, hints: 1, answers, state: 'graded', automatic: false, problem: null },
    person: { id: ada.id, name: 'Ada' },
    work: recordedCheck().work,
    recordings: [{ name: '0-1.cast' }],
  })
  expect(view.judgements).toMatchObject([
    { cause: 'override', score: 40, reason: 'Agreed with Ada', by: 'Owner', verdict: null },
    { cause: 'regrade', status: 'pass', by: 'Owner', verdict: recordedCheck('pass').verdict },
    { cause: 'check', status: 'fail', by: null, verdict: recordedCheck('fail').verdict },
  ])
  expect(JSON.stringify(view.evidence)).toBe(
    JSON.stringify({ before: recordedCheck().before, after: recordedCheck().after }),
  )
  const recording = await new Response(await classroom.submissionRecording(teacher, id, '0-1.cast')).text()
  expect(recording).toContain('"width":80')
  expect(await new Response(await classroom.submissionCounters(teacher, id)).text()).toContain('"whole"')
})

test('without the service everything but the recordings is there', async () => {
  await using house = await handedIn()
  house.service.faults.refuse = { code: 'x', message: 'The engine is away.', remedy: 'Wait.' }
  expect(await house.classroom.dispute(house.teacher, house.id)).toMatchObject({ recordings: null, lab })
})

test('what is not handed in, and what is for practice, is no business of who teaches', async () => {
  await using house = await handedIn()
  const { classroom, teacher, assignment, ada } = house
  const running = await classroom.startTry(ada, assignment, lab)
  const practice = await classroom.startLab(ada, lab)
  for (const { id } of [running, practice]) {
    await expect(classroom.dispute(teacher, id)).rejects.toMatchObject({ status: 404 })
    await expect(classroom.submissionRecording(teacher, id, '0-1.cast')).rejects.toMatchObject({
      status: 404,
    })
    await expect(classroom.submissionCounters(teacher, id)).rejects.toMatchObject({ status: 404 })
  }
})

test('whoever set a grade and is deleted loses their name in its history, which stays', async () => {
  await using house = await handedIn()
  const { classroom, teacher, id } = house
  const grace = await house.enrolled('Grace', 'assistant')
  await house.db.enrollment.updateMany({ where: { personId: grace.id }, data: { role: 'instructor' } })
  await classroom.overrideGrade(grace, id, 40, 'Agreed')
  await classroom.deleteAccount(grace, 'Grace')
  expect((await classroom.dispute(teacher, id)).judgements[0]).toMatchObject({ by: null, reason: 'Agreed' })
  expect(await house.db.judgement.count({ where: { byId: grace.id } })).toBe(0)
})

test('a learner’s export tells of their submissions and grades, and of nobody who judged them', async () => {
  await using house = await handedIn()
  const { classroom, teacher, ada, id } = house
  await classroom.overrideGrade(teacher, id, 40, 'Agreed')
  const files = new Map<string, string>()
  for await (const { name, content } of classroom.exportOf(ada))
    files.set(name, new TextDecoder().decode(content))
  expect(JSON.parse(files.get('assignments.json') ?? '')).toMatchObject({
    submissions: [
      { attemptId: id, judgements: [{ cause: 'check' }, { cause: 'override', reason: 'Agreed' }] },
    ],
    grades: [{ lab, share: 0.4 }],
    extensions: [],
  })
  expect([...files.values()].join('')).not.toContain(teacher.id)
})
