import { expect, test } from 'vitest'
import { lab, testClassroom } from './testing/classroom.ts'
import { answers, recordedCheck } from './testing/recorded.ts'

test('hints are seen in order, once, and by oneself alone', async () => {
  await using house = await testClassroom()
  const [person, stranger] = [await house.owner(), await house.learner('Grace')]
  const { showHint, hintsShown } = house.classroom
  expect(await hintsShown(person, lab)).toBe(0)
  for (const number of [2, 0, -1, 1.5, Number.NaN])
    await expect(house.classroom.showHint(person, lab, number)).rejects.toThrow('one after the other')
  await house.classroom.showHint(person, lab, 1)
  await house.classroom.showHint(person, lab, 1)
  expect(await hintsShown(person, lab)).toBe(1)
  await house.classroom.showHint(person, lab, 2)
  expect(await hintsShown(person, lab)).toBe(2)
  expect(await hintsShown(stranger, lab)).toBe(0)
  await expect(showHint.call(house.classroom, person, 'no-such-lab', 1)).rejects.toThrow('no-such-lab')
})

test('a double click shows one hint', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  await Promise.all([1, 1, 1].map((number) => house.classroom.showHint(person, lab, number)))
  expect(await house.classroom.hintsShown(person, lab)).toBe(1)
})

test('each costs one point more than the one before, from the next check on', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  house.service.faults.verdict = recordedCheck('pass', attempt.seed)
  const first = await house.classroom.check(person, attempt.id, answers)
  expect(first).toMatchObject({ hints: { count: 0, cost: 0 }, score: 100 })
  await house.classroom.showHint(person, lab, 1)
  await house.classroom.showHint(person, lab, 2)
  const second = await house.classroom.check(person, attempt.id, answers)
  expect(second).toMatchObject({ hints: { count: 2, cost: 3 }, score: 97, verdict: { score: 100 } })
  expect(await house.classroom.verdicts(person, lab)).toEqual([second, first])
})

test('no score falls below nothing', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  for (let number = 1; number <= 20; number++) await house.classroom.showHint(person, lab, number)
  house.service.faults.verdict = recordedCheck('pass', attempt.seed)
  expect(await house.classroom.check(person, attempt.id, answers)).toMatchObject({ score: 0 })
})
