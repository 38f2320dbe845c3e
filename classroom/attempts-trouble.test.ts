import { expect, test } from 'vitest'
import { lab, testClassroom } from './testing/classroom.ts'

test('when the service is down the start fails clearly, no attempt is spent, and the next one works', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const full = { code: 'no-room', message: 'All machines are taken.', remedy: 'Try again in a minute.' }
  house.service.faults.refuse = full
  await expect(house.classroom.startLab(person, lab)).rejects.toMatchObject({ status: 503, problem: full })
  const failed = await house.classroom.currentAttempt(person, lab)
  expect(failed).toMatchObject({ state: 'failed', problem: full, sandbox: null })

  house.service.faults.refuse = null
  const attempt = await house.classroom.startLab(person, lab)
  expect(attempt.state).toBe('running')
  expect(attempt.id).not.toBe(failed?.id)
})

test('a running attempt outlives an outage of the service, and says that it cannot be asked', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  await house.service.down()
  for (const seen of [
    await house.classroom.currentAttempt(person, lab),
    await house.classroom.startLab(person, lab),
  ]) {
    expect(seen).toMatchObject({ id: attempt.id, state: 'running', sandbox: null })
    expect(seen?.problem?.code).toBe('service-unavailable')
  }
  await expect(house.classroom.finish(person, attempt.id)).rejects.toMatchObject({ status: 503 })
  expect((await house.db.attempt.findFirstOrThrow()).state).toBe('running')
})

test('a machine that vanished closes its attempt as lost, which stays to be seen until the next start', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  house.service.machines.clear()
  for (let look = 0; look < 2; look++) {
    const seen = await house.classroom.currentAttempt(person, lab)
    expect(seen).toMatchObject({ id: attempt.id, state: 'lost', sandbox: null })
    expect(seen?.problem?.code).toBe('machine-gone')
  }
  await expect(house.classroom.reset(person, attempt.id)).rejects.toMatchObject({ status: 409 })
  expect((await house.classroom.startLab(person, lab)).state).toBe('running')
})

test('a moment that is gone is no machine that is gone', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const saved = await house.classroom.saveMoment(person, attempt.id, 'mine')
  expect(saved.sandbox?.rewind.moments).toMatchObject([{ id: 1, name: 'mine' }])
  expect(await house.classroom.backTo(person, attempt.id, 1, null)).toMatchObject({ state: 'running' })
  await house.classroom.dropMoment(person, attempt.id, 1)
  await expect(house.classroom.backTo(person, attempt.id, 1, null)).rejects.toMatchObject({
    status: 409,
    problem: { code: 'no-moment' },
  })
  expect(await house.classroom.attempt(person, attempt.id)).toMatchObject({ state: 'running' })
})

test('a machine that never became ready fails its attempt with the reason; one that died waits for a reset', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const machine = house.service.machines.get(attempt.id)
  const problem = { code: 'not-broken', message: 'The machine was not broken.', remedy: 'Start again.' }
  Object.assign(machine ?? {}, { state: 'dead' })
  const dead = await house.classroom.currentAttempt(person, lab)
  expect(dead).toMatchObject({ state: 'running', sandbox: { state: 'dead' } })
  Object.assign(machine ?? {}, { state: 'failed', problem })
  const failed = await house.classroom.currentAttempt(person, lab)
  expect(failed).toMatchObject({ state: 'failed', problem, sandbox: null })
})

test('a start that was interrupted before the service was asked is taken up by the next one', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const row = await house.db.attempt.create({ data: { personId: person.id, lab, seed: 5 } })
  expect(await house.classroom.currentAttempt(person, lab)).toMatchObject({
    state: 'starting',
    sandbox: null,
  })
  expect(await house.classroom.startLab(person, lab)).toMatchObject({ id: row.id, state: 'running', seed: 5 })
})

test('an interrupted start that nobody takes up is over after a minute', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const createdAt = new Date(Date.now() - 61_000)
  await house.db.attempt.create({ data: { personId: person.id, lab, seed: 5, createdAt } })
  const seen = await house.classroom.currentAttempt(person, lab)
  expect(seen).toMatchObject({ state: 'failed', problem: { code: 'never-started' } })
})

test('a machine whose start was answered after its attempt had been closed belongs to nobody and is ended', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const start = house.service.sandboxes.start
  house.service.sandboxes.start = async (request) => {
    const status = await start(request)
    await house.classroom.finish(person, request.id)
    await start(request)
    return status
  }
  expect(await house.classroom.startLab(person, lab)).toMatchObject({ state: 'finished', sandbox: null })
  expect(house.service.machines.size).toBe(0)
})
