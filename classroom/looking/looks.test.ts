/** Who gets a ticket to whose machine, what it lets them do, and that what they did is in the log once. */
import { expect, test } from 'vitest'
import { verifyTicket } from '../../sandbox/tickets.ts'
import type { Person } from '../index.ts'
import { homework } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { secret } from '../testing/service.ts'

async function aClass() {
  const house = await testClassroom()
  const owner = await house.owner()
  const cohort = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  const enrol = async (name: string, role: 'instructor' | 'assistant' | 'learner', into = cohort) => {
    const person = await house.learner(name)
    await house.db.enrollment.create({ data: { cohortId: into, personId: person.id, role } })
    return person
  }
  const [teacher, learner] = [await enrol('Grace', 'instructor'), await enrol('Ada', 'learner')]
  return { ...house, owner, cohort, enrol, teacher, learner }
}

test('an instructor gets a ticket that looks, in their own name, and asks', async () => {
  await using house = await aClass()
  const { classroom, cohort, teacher, learner } = house
  const { id } = await classroom.startLab(learner, lab)
  const [view] = await classroom.lookable(teacher, cohort)
  expect(view).toMatchObject({ attempt: id, learner: { name: 'Ada' }, lab, graded: false })
  const claims = await verifyTicket(
    await classroom.lookTicket(teacher, cohort, id, 'terminal'),
    'terminal',
    secret,
  )
  expect(claims).toMatchObject({
    sub: teacher.id,
    sandbox: id,
    mode: 'look',
    guest: { name: 'Grace', cohort, as: 'staff', asks: true },
  })
  await classroom.finish(learner, id)
  expect(await classroom.lookable(teacher, cohort)).toEqual([])
  await expect(classroom.lookTicket(teacher, cohort, id, 'watch')).rejects.toMatchObject({ status: 404 })
})

test('graded work can be looked at, but nobody may ask to type there', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, teacher, learner } = house
  const assignment = await classroom.makeAssignment(owner, cohort, homework)
  await classroom.publishAssignment(owner, assignment)
  const { id } = await classroom.startTry(learner, assignment, lab)
  expect(await classroom.look(teacher, cohort, id)).toMatchObject({ graded: true })
  const claims = await verifyTicket(await classroom.lookTicket(teacher, cohort, id, 'watch'), 'watch', secret)
  expect(claims.guest?.asks).toBe(false)
})

test('machines of other instructors, of other cohorts and their assignments, and of who left are nobody’s to look at', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, enrol, teacher, learner, db } = house
  const other = await classroom.openCohort(owner, { name: 'Other', timeZone: 'UTC' })
  await db.enrollment.create({ data: { cohortId: other, personId: learner.id, role: 'learner' } })
  const assignment = await classroom.makeAssignment(owner, other, homework)
  await classroom.publishAssignment(owner, assignment)
  const colleague = await enrol('Edsger', 'instructor')
  const stranger = await enrol('Barbara', 'learner', other)
  const start = async (person: Person) => (await classroom.startLab(person, lab)).id
  const refused = [
    await start(colleague),
    await start(stranger),
    (await classroom.startTry(learner, assignment, lab)).id,
  ]
  for (const id of refused) {
    await expect(classroom.lookTicket(teacher, cohort, id, 'watch')).rejects.toMatchObject({ status: 404 })
    await expect(classroom.look(teacher, cohort, id)).rejects.toMatchObject({ status: 404 })
  }
  const own = await start(learner)
  await classroom.look(teacher, cohort, own)
  await classroom.removePerson(owner, cohort, learner.id)
  await expect(classroom.look(teacher, cohort, own)).rejects.toMatchObject({ status: 404 })
})

test('nobody looks into an archived cohort', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, teacher, learner } = house
  const { id } = await classroom.startLab(learner, lab)
  await classroom.archiveCohort(owner, cohort)
  await expect(classroom.lookTicket(teacher, cohort, id, 'watch')).rejects.toMatchObject({ status: 409 })
})

test('what visitors did is in the log once, however often it is taken, and with the learner as who let them type', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, teacher, learner, service } = house
  const entry = { sandbox: cohort, lab, owner: learner.id, visitor: teacher.id, cohort }
  const id = (n: number) => `0197f7b0-0000-7000-8000-00000000000${n}`
  const at = new Date().toISOString()
  service.visits.push(
    { ...entry, id: id(1), at, event: 'look.began' },
    { ...entry, id: id(2), at, event: 'help.given' },
    { ...entry, id: id(3), at, event: 'help.ended', seconds: 40, by: 'owner' },
  )
  service.faults.keepVisits = true
  expect(await Promise.all([classroom.takeVisits(), house.another().takeVisits()])).toEqual([3, 3])
  service.faults.keepVisits = false
  expect(await classroom.takeVisits()).toBe(3)
  expect(await classroom.takeVisits()).toBe(0)
  const log = (await classroom.auditOfCohort(owner, cohort)).filter(({ action }) =>
    /^look|^help/.test(action),
  )
  expect(log.map(({ action, actor, subject, detail }) => [action, actor, subject, detail.by])).toEqual([
    ['help.ended', 'Grace', 'Ada', 'owner'],
    ['help.given', 'Ada', 'Grace', undefined],
    ['look.began', 'Grace', 'Ada', undefined],
  ])
})

test('the log names nobody who was deleted before their visit was taken', async () => {
  await using house = await aClass()
  const { classroom, db, cohort, teacher, learner, service } = house
  const entry = { sandbox: cohort, lab, owner: learner.id, visitor: teacher.id, cohort }
  const at = new Date().toISOString()
  service.visits.push({
    ...entry,
    id: '0197f7b0-0000-7000-8000-000000000001',
    at,
    event: 'look.ended',
    seconds: 9,
  })
  await classroom.deleteAccount(learner, learner.name)
  await classroom.takeVisits()
  const [found] = await db.auditEntry.findMany({ where: { action: 'look.ended' } })
  expect(found).toMatchObject({ actorId: teacher.id, subjectId: null })
})
