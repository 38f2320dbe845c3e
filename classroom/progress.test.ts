import { expect, test } from 'vitest'
import { lab, testClassroom } from './testing/classroom.ts'
import { answers, recordedCheck } from './testing/recorded.ts'

test('chapters read and labs passed are kept for each person', async () => {
  await using house = await testClassroom()
  const [person, other] = [await house.owner(), await house.learner('Grace')]
  await house.classroom.markRead(person, 'two-queues')
  await Promise.all([1, 2, 3].map(() => house.classroom.markRead(person, 'two-queues')))
  await house.classroom.markRead(person, 'the-ring')
  const attempt = await house.classroom.startLab(person, lab)
  for (const status of ['fail', 'pass', 'fail', 'pass'] as const) {
    house.service.faults.verdict = recordedCheck(status)
    await house.classroom.check(person, attempt.id, answers)
  }
  expect(await house.classroom.progress(person)).toEqual({
    chaptersRead: ['two-queues', 'the-ring'],
    labsPassed: [lab],
    places: [],
  })
  expect(await house.classroom.progress(other)).toEqual({ chaptersRead: [], labsPassed: [], places: [] })
})

test('what cannot be the name of a chapter is refused', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  for (const name of ['', '../etc/passwd', 'a'.repeat(65), 'Nul\u0000']) {
    await expect(house.classroom.markRead(person, name)).rejects.toMatchObject({ status: 400 })
    await expect(house.classroom.markUnread(person, name)).rejects.toMatchObject({ status: 400 })
    await expect(house.classroom.keepPlace(person, name, 'a')).rejects.toMatchObject({ status: 400 })
  }
})

test('a mark can be taken back, and set again', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  await house.classroom.markRead(person, 'nic')
  await house.classroom.markUnread(person, 'nic')
  await house.classroom.markUnread(person, 'nic')
  expect((await house.classroom.progress(person)).chaptersRead).toEqual([])
  await house.classroom.markRead(person, 'nic')
  expect((await house.classroom.progress(person)).chaptersRead).toEqual(['nic'])
})

test('the place where somebody stopped is the last one of each chapter, the latest chapter first', async () => {
  await using house = await testClassroom()
  const [person, other] = [await house.owner(), await house.learner('Grace')]
  await house.classroom.keepPlace(person, 'nic', 'the-ring')
  await house.classroom.keepPlace(person, 'rss', 'queues')
  await house.classroom.keepPlace(person, 'nic', 'the-interrupt')
  const { places } = await house.classroom.progress(person)
  expect(places.map(({ chapter, anchor }) => [chapter, anchor])).toEqual([
    ['nic', 'the-interrupt'],
    ['rss', 'queues'],
  ])
  expect((await house.classroom.progress(other)).places).toEqual([])
  for (const anchor of ['', 'a'.repeat(201), 'a\0']) {
    await expect(house.classroom.keepPlace(person, 'nic', anchor)).rejects.toMatchObject({ status: 400 })
  }
})

test('the course is completed with the last chapter read and the last lab passed, at that moment and for good', async () => {
  await using house = await testClassroom()
  const [person, other] = [await house.owner(), await house.learner('Grace')]
  const course = { chapters: ['nic', 'rss'], labs: [lab] }
  const when = (whose = person) => house.classroom.completedAt(whose, course)
  await house.classroom.markRead(person, 'nic')
  const attempt = await house.classroom.startLab(person, lab)
  house.service.faults.verdict = recordedCheck('fail')
  await house.classroom.check(person, attempt.id, answers)
  await house.classroom.markRead(person, 'rss')
  expect(await when()).toBeNull()
  house.service.faults.verdict = recordedCheck('pass')
  await house.classroom.check(person, attempt.id, answers)
  const first = await when()
  expect(first).toBeInstanceOf(Date)
  await house.classroom.check(person, attempt.id, answers)
  expect(await when()).toEqual(first)
  expect(await when(other)).toBeNull()
  expect(await house.classroom.completedAt(other, { chapters: [], labs: [] })).toBeNull()
})
