import { expect, test } from 'vitest'
import { verifyTicket } from '../sandbox/tickets.ts'
import { lab, testClassroom } from './testing/classroom.ts'
import { secret } from './testing/service.ts'

const starts = (requests: string[]) => requests.filter((request) => request === 'POST /sandboxes')

test('starting a lab gives a machine of its own, under the id of the attempt and with its seed', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  expect(attempt).toMatchObject({ lab, state: 'running', generation: 0, problem: null, endedAt: null })
  expect(attempt.sandbox).toMatchObject({
    id: attempt.id,
    seed: attempt.seed,
    owner: person.id,
    state: 'ready',
  })
  expect(await house.classroom.currentAttempt(person, lab)).toEqual(attempt)
  expect(await house.classroom.attempt(person, attempt.id)).toEqual(attempt)
  expect(JSON.parse(JSON.stringify(attempt))).toEqual(attempt)
})

test('a double click and two tabs on two processes get the same machine', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const other = house.another()
  const all = await Promise.all(
    [house.classroom, house.classroom, other, other].map((room) => room.startLab(person, lab)),
  )
  expect(new Set(all.map((attempt) => attempt.id)).size).toBe(1)
  expect(all.map((attempt) => attempt.state)).toEqual(['running', 'running', 'running', 'running'])
  expect(house.service.machines.size).toBe(1)
  expect(await house.db.attempt.count()).toBe(1)
})

test('a running machine is returned again without asking for another', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  expect((await house.classroom.startLab(person, lab)).id).toBe(attempt.id)
  expect(starts(house.service.requests)).toHaveLength(1)
})

test('each person and each lab has a machine of its own, with its own seed', async () => {
  await using house = await testClassroom()
  const people = [await house.owner(), await house.learner('Grace')]
  const attempts = await Promise.all(
    people.flatMap((person) => [lab, 'silent-drop'].map((id) => house.classroom.startLab(person, id))),
  )
  expect(new Set(attempts.map((attempt) => attempt.id)).size).toBe(4)
  expect(new Set(attempts.map((attempt) => attempt.seed)).size).toBe(4)
})

test('somebody else cannot see, reset, turn back, check, finish or enter a machine, and an id that is none is just as unknown', async () => {
  await using house = await testClassroom()
  const owner = await house.owner()
  const { classroom } = house
  const theirs = await classroom.startLab(await house.learner('Grace'), lab)
  for (const id of [theirs.id, '0197f7b0-0000-7000-8000-000000000000', 'no-uuid', '']) {
    expect(await classroom.attempt(owner, id)).toBeNull()
    for (const reach of [
      classroom.reset(owner, id),
      classroom.finish(owner, id),
      classroom.check(owner, id, null),
      classroom.ticket(owner, id, 'terminal'),
      classroom.saveMoment(owner, id, 'mine'),
      classroom.backTo(owner, id, 1, null),
      classroom.dropMoment(owner, id, 1),
    ]) {
      await expect(reach).rejects.toMatchObject({ status: 404, problem: { code: 'no-such-attempt' } })
    }
  }
  expect(house.service.requests.filter((request) => !request.startsWith('POST /sandboxes'))).toEqual([])
})

test('what somebody has open is told in one answer: theirs alone, the newest first, without what is over or gone', async () => {
  await using house = await testClassroom()
  const { classroom } = house
  const [person, other] = [await house.owner(), await house.learner('Grace')]
  await classroom.startLab(other, lab)
  const first = await classroom.startLab(person, lab)
  const second = await classroom.startLab(person, 'silent-drop')
  expect(await classroom.openAttempts(person)).toEqual([second, first])
  house.service.machines.delete(second.id)
  expect(await classroom.openAttempts(person)).toEqual([first])
  expect(await classroom.attempt(person, second.id)).toMatchObject({ state: 'lost' })
  await classroom.finish(person, first.id)
  expect(await classroom.openAttempts(person)).toEqual([])
})

test('an unknown lab is said to be unknown', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  await expect(house.classroom.startLab(person, 'no-such-lab')).rejects.toMatchObject({
    status: 404,
    problem: { code: 'unknown-lab' },
  })
  await expect(house.classroom.currentAttempt(person, '../etc')).rejects.toThrow('no lab')
})

test('extending gives the machine more time, for its owner alone, and tells the service in what role they start', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const extended = await house.classroom.extend(person, attempt.id)
  expect(Date.parse(extended.sandbox?.expiresAt ?? '')).toBeGreaterThan(
    Date.parse(attempt.sandbox?.expiresAt ?? ''),
  )
  await expect(house.classroom.extend(await house.learner('Grace'), attempt.id)).rejects.toMatchObject({
    status: 404,
  })
  expect(house.service.roles).toEqual(['owner'])
})

test('reset gives the next generation of the machine under the same attempt', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const fresh = await house.classroom.reset(person, attempt.id)
  expect(fresh).toMatchObject({ id: attempt.id, generation: 1, state: 'running', sandbox: { generation: 1 } })
})

test('finishing ends the machine; finishing twice, or when it is gone already, is the same', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const finished = await house.classroom.finish(person, attempt.id)
  expect(finished).toMatchObject({ state: 'finished', sandbox: null, problem: null })
  expect(house.service.machines.size).toBe(0)
  expect(await house.classroom.finish(person, attempt.id)).toEqual(finished)
  expect(await house.classroom.currentAttempt(person, lab)).toBeNull()

  const next = await house.classroom.startLab(person, lab)
  house.service.machines.clear()
  expect(await house.classroom.finish(person, next.id)).toMatchObject({ state: 'finished' })
})

test('a ticket opens one channel of one machine for one person', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const ticket = await house.classroom.ticket(person, attempt.id, 'terminal')
  expect(await verifyTicket(ticket, 'terminal', secret)).toMatchObject({
    sub: person.id,
    sandbox: attempt.id,
  })
  await expect(verifyTicket(ticket, 'watch', secret)).rejects.toThrow('not valid')
  await house.classroom.finish(person, attempt.id)
  await expect(house.classroom.ticket(person, attempt.id, 'watch')).rejects.toMatchObject({ status: 409 })
})
