import { expect, test } from 'vitest'
import { testClassroom } from './testing/classroom.ts'

const question = '0123456789ab'
const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number))

test('an answer is kept, comes again by the schedule, and is seen by nobody else', async () => {
  await using house = await testClassroom()
  const [person, other] = [await house.owner(), await house.learner('Grace')]
  const first = await house.classroom.answerRecall(person, 'nic', question, true, day(0))
  expect(first).toEqual({ chapter: 'nic', question, step: 0, dueAt: day(1).toISOString() })
  await house.classroom.answerRecall(person, 'nic', question, true, day(1))
  await house.classroom.answerRecall(person, 'rss', question, false, day(1))
  expect(await house.classroom.recalls(person)).toEqual([
    { chapter: 'rss', question, step: 0, dueAt: day(2).toISOString() },
    { chapter: 'nic', question, step: 1, dueAt: day(4).toISOString() },
  ])
  expect(await house.classroom.recalls(other)).toEqual([])
})

test('two tabs that answer at once move a question one step', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const answer = (at: number) => house.classroom.answerRecall(person, 'nic', question, true, day(at))
  await Promise.all([answer(0), answer(0), answer(0)])
  const again = await Promise.all([answer(1), answer(1), answer(1)])
  expect(again.map(({ step }) => step)).toEqual([1, 1, 1])
  expect(await house.classroom.recalls(person)).toHaveLength(1)
})

test('what cannot be a question is refused', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  for (const [chapter, id] of [
    ['nic', ''],
    ['nic', '0123456789aB'],
    ['../nic', question],
  ] as const) {
    await expect(house.classroom.answerRecall(person, chapter, id, true)).rejects.toMatchObject({
      status: 400,
    })
  }
})
