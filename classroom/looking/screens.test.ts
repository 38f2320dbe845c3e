/** A machine that an instructor shows to everybody: who sees it, what their ticket lets them do, and when it is over. */
import { expect, test } from 'vitest'
import { verifyTicket } from '../../sandbox/tickets.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { secret } from '../testing/service.ts'

async function aClass() {
  const house = await testClassroom()
  const owner = await house.owner()
  const cohort = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  const enrol = async (name: string, role: 'instructor' | 'assistant' | 'learner') => {
    const person = await house.learner(name)
    await house.db.enrollment.create({ data: { cohortId: cohort, personId: person.id, role } })
    return person
  }
  const [teacher, learner] = [await enrol('Grace', 'instructor'), await enrol('Ada', 'learner')]
  return { ...house, owner, cohort, enrol, teacher, learner }
}

test('everybody in the cohort gets a ticket that looks, while it is shown and no longer', async () => {
  await using house = await aClass()
  const { classroom, cohort, teacher, learner, service } = house
  expect(await classroom.screen(learner, cohort)).toEqual({ shown: null, may: false })
  await expect(classroom.screenTicket(learner, cohort, 'watch')).rejects.toMatchObject({ status: 404 })
  const { id } = await classroom.startLab(teacher, lab)
  await classroom.showScreen(teacher, cohort, id)
  await classroom.showScreen(teacher, cohort, id)
  expect((await classroom.screen(learner, cohort)).shown).toMatchObject({ by: 'Grace', mine: false })
  const ticket = await classroom.screenTicket(learner, cohort, 'terminal')
  expect(await verifyTicket(ticket, 'terminal', secret)).toMatchObject({
    sub: learner.id,
    sandbox: id,
    mode: 'look',
    guest: { as: 'member', asks: false },
  })
  await classroom.endScreen(teacher, cohort)
  await classroom.endScreen(teacher, cohort)
  expect(service.requests).toContain(`POST /sandboxes/${id}/dismiss`)
  await expect(classroom.screenTicket(learner, cohort, 'terminal')).rejects.toMatchObject({ status: 404 })
  const log = (await classroom.auditOfCohort(house.owner, cohort)).map(({ action }) => action)
  expect(log.filter((action) => action.startsWith('screen'))).toEqual(['screen.ended', 'screen.shown'])
})

test('nobody shows a machine that is not theirs, nor one that is over', async () => {
  await using house = await aClass()
  const { classroom, cohort, teacher, learner } = house
  const { id } = await classroom.startLab(learner, lab)
  await expect(classroom.showScreen(teacher, cohort, id)).rejects.toMatchObject({ status: 404 })
  await expect(classroom.showScreen(learner, cohort, id)).rejects.toMatchObject({ status: 404 })
  const own = await classroom.startLab(teacher, lab)
  await classroom.finish(teacher, own.id)
  await expect(classroom.showScreen(teacher, cohort, own.id)).rejects.toMatchObject({ status: 409 })
})

test('it is over when its machine is, and when who shows it may no longer', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, enrol, teacher, learner } = house
  const { id } = await classroom.startLab(teacher, lab)
  await classroom.showScreen(teacher, cohort, id)
  await classroom.finish(teacher, id)
  expect((await classroom.screen(learner, cohort)).shown).toBeNull()
  const assistant = await enrol('Edsger', 'assistant')
  const next = await classroom.startLab(assistant, lab)
  await classroom.showScreen(assistant, cohort, next.id)
  expect((await classroom.screen(learner, cohort)).shown?.by).toBe('Edsger')
  await classroom.changeRole(owner, cohort, assistant.id, 'learner')
  expect((await classroom.screen(learner, cohort)).shown).toBeNull()
})
