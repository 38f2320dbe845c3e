import { expect, test } from 'vitest'
import { verifyTicket } from '../sandbox/tickets.ts'
import { lab, testClassroom } from './testing/classroom.ts'
import { secret } from './testing/service.ts'

test('one opens, names and closes the shells of one’s own machine, and nobody else does', async () => {
  await using house = await testClassroom()
  const { classroom, service } = house
  const person = await house.owner()
  const { id } = await classroom.startLab(person, lab)
  const mallory = { ...person, id: 'mallory' }
  const calls = [
    (who: typeof person) => classroom.openTerminal(who, id, { cols: 80, rows: 24 }),
    (who: typeof person) => classroom.closeTerminal(who, id, 2, true),
    (who: typeof person) => classroom.renameTerminal(who, id, 2, 'log'),
    (who: typeof person) => classroom.recordings(who, id),
    (who: typeof person) => classroom.recording(who, id, '0-1.cast'),
  ]
  service.requests.length = 0
  for (const call of calls) await expect(call(mallory)).rejects.toMatchObject({ status: 404 })
  expect(service.requests).toEqual([])
  for (const call of calls) await call(person)
  expect(service.requests).toEqual([
    `POST /sandboxes/${id}/terminals`,
    `POST /sandboxes/${id}/terminals/2/close`,
    `POST /sandboxes/${id}/terminals/2/rename`,
    `GET /sandboxes/${id}/recordings`,
    `GET /sandboxes/${id}/recordings/0-1.cast`,
  ])
})

test('after the end there is no shell to open, and the recordings are still there', async () => {
  await using house = await testClassroom()
  const { classroom } = house
  const person = await house.owner()
  const { id } = await classroom.startLab(person, lab)
  await classroom.finish(person, id)
  await expect(classroom.openTerminal(person, id, { cols: 80, rows: 24 })).rejects.toMatchObject({
    status: 409,
  })
  expect(await classroom.recordings(person, id)).toMatchObject([{ name: '0-1.cast' }])
  expect(await new Response(await classroom.recording(person, id, '0-1.cast')).text()).toMatch(
    /^\{"version":2/,
  )
})

test('the ticket for a terminal of one’s own says that one may type', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const { id } = await house.classroom.startLab(person, lab)
  const ticket = await house.classroom.ticket(person, id, 'terminal')
  expect(await verifyTicket(ticket, 'terminal', secret)).toMatchObject({ mode: 'type', sandbox: id })
})
