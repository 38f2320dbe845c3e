import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { holdLiveCohort } from './cohorts.ts'
import type { Person } from './index.ts'
import { lab, testClassroom } from './testing/classroom.ts'

type House = Awaited<ReturnType<typeof testClassroom>>
const zone = 'Europe/Berlin'

async function open(house: House) {
  const owner = await house.owner()
  const id = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: zone })
  return { owner, id, room: house.classroom }
}

async function joined(house: House, id: string, name: string, owner: Person): Promise<Person> {
  const code = await house.classroom.newCode(owner, id)
  const { signedIn } = await house.classroom.join(code, { name })
  if (!signedIn) throw new Error('nobody joined')
  return signedIn.person
}
const fileOf = (text: string) => new TextEncoder().encode(text)

test('a cohort is opened, renamed, archived, taken out again and copied; each deed is in the audit log', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  await room.changeCohort(owner, id, { name: '  Autumn  2026', timeZone: 'america/new_york' })
  expect(await room.cohort(owner, id)).toMatchObject({
    name: 'Autumn 2026',
    timeZone: 'America/New_York',
    role: 'instructor',
    people: 1,
    joinCode: null,
  })
  const code = await room.newCode(owner, id)
  expect((await room.cohort(owner, id)).joinCode).toBe(code)
  await room.archiveCohort(owner, id)
  expect(await room.cohort(owner, id)).toMatchObject({ joinCode: null, archivedAt: expect.any(String) })
  const changes = [
    () => room.changeCohort(owner, id, { name: 'X', timeZone: zone }),
    () => room.newCode(owner, id),
    () => room.invite(owner, id, 'learner'),
    () => room.addPerson(owner, id, { name: 'Grace', login: '' }),
    () => room.applyRoster(owner, id, fileOf('name,login\nGrace,grace\n')),
  ]
  for (const change of changes) {
    await expect(change()).rejects.toMatchObject({ status: 409, problem: { code: 'cohort-archived' } })
  }
  await room.unarchiveCohort(owner, id)
  const copy = await room.copyCohort(owner, id, 'Spring')
  expect(await room.cohort(owner, copy)).toMatchObject({
    name: 'Spring',
    people: 1,
    timeZone: 'America/New_York',
  })
  expect((await room.cohorts(owner)).map(({ name }) => name)).toEqual(['Spring', 'Autumn 2026'])
  expect((await room.auditOfCohort(owner, id)).map(({ action, actor }) => `${actor} ${action}`)).toEqual([
    'Owner cohort.unarchived',
    'Owner cohort.archived',
    'Owner cohort.code',
    'Owner cohort.changed',
    'Owner cohort.opened',
  ])
})

test('what goes on in a cohort ends when it is archived: the room, hands, what is shown to all', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const learner = await joined(house, id, 'Ada', owner)
  const machine = await room.startLab(owner, lab)
  await room.openRoom(owner, id)
  await room.raiseHand(learner, id, true)
  await room.showScreen(owner, id, machine.id)
  await room.archiveCohort(owner, id)
  expect(house.service.dismissed).toEqual([{ person: null, cohort: id }])
  expect(await room.attendsRoom(learner)).toBe(false)
  await room.unarchiveCohort(owner, id)
  expect(await room.room(owner, id)).toBeNull()
  expect((await room.screen(owner, id)).shown).toBeNull()
  expect(await house.db.raisedHand.count()).toBe(0)
  const log = (await room.auditOfCohort(owner, id)).map(({ action }) => action)
  expect(log.slice(0, 4)).toEqual(['cohort.unarchived', 'cohort.archived', 'screen.ended', 'room.closed'])
})

test('what begins while a cohort is archived ends with it, or is refused', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const machine = await room.startLab(owner, lab)
  // Somebody has opened the room and shown a machine, and has not committed yet.
  const archived = await house.db.$transaction(async (tx) => {
    await holdLiveCohort(tx, id)
    await tx.workshopRoom.create({ data: { cohortId: id } })
    await tx.screen.create({ data: { cohortId: id, attemptId: machine.id } })
    const deed = { done: room.archiveCohort(owner, id) }
    await pause(300)
    return deed
  })
  await archived.done
  expect(await house.db.workshopRoom.count({ where: { closedAt: null } })).toBe(0)
  expect(await house.db.screen.count()).toBe(0)
  await room.unarchiveCohort(owner, id)
  const late = await house.db.$transaction(async (tx) => {
    await tx.cohort.update({ where: { id }, data: { archivedAt: new Date() } })
    const deeds = [room.openRoom(owner, id), room.showScreen(owner, id, machine.id)]
    const all = { done: Promise.allSettled(deeds) }
    await pause(300)
    return all
  })
  for (const { status } of await late.done) expect(status).toBe('rejected')
  expect(await house.db.workshopRoom.count({ where: { closedAt: null } })).toBe(0)
  expect(await house.db.screen.count()).toBe(0)
})

test('a cohort that is archived already ends nothing more', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  await room.archiveCohort(owner, id)
  await house.db.workshopRoom.create({ data: { cohortId: id } })
  await expect(room.archiveCohort(owner, id)).rejects.toMatchObject({ problem: { code: 'cohort-archived' } })
  expect(await house.db.workshopRoom.count({ where: { closedAt: null } })).toBe(1)
})

test('what is no name and no time zone is refused before anything is written', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  for (const timeZone of ['', 'Berlin', '../etc', "UTC'; DROP"]) {
    await expect(room.changeCohort(owner, id, { name: 'X', timeZone })).rejects.toMatchObject({
      problem: { code: 'bad-time-zone' },
    })
  }
  await expect(room.openCohort(owner, { name: ' ', timeZone: zone })).rejects.toMatchObject({ status: 400 })
  expect(await house.db.cohort.count()).toBe(1)
})

test('a learner sees that their cohort exists, and nothing of the others in it', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const grace = await joined(house, id, 'Grace', owner)
  expect(await room.cohorts(grace)).toMatchObject([
    { name: 'Autumn', role: 'learner', people: null, joinCode: null, may: { people: false, change: false } },
  ])
})

test('roles change hands, and the last instructor stays one, also when two let each other go at once', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const grace = await joined(house, id, 'Grace', owner)
  await expect(room.removePerson(owner, id, owner.id)).rejects.toMatchObject({
    problem: { code: 'last-instructor' },
  })
  await expect(room.changeRole(owner, id, owner.id, 'learner')).rejects.toMatchObject({ status: 409 })
  const other = house.another()
  for (let round = 0; round < 10; round++) {
    const shared = await room.openCohort(owner, { name: 'Shared', timeZone: zone })
    await room.acceptByJoining(await room.invite(owner, shared, 'instructor'), grace)
    const results = await Promise.allSettled([
      room.removePerson(owner, shared, grace.id),
      other.removePerson(grace, shared, owner.id),
    ])
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
    const where = { cohortId: shared, role: 'instructor' as const }
    expect(await house.db.enrollment.count({ where })).toBe(1)
  }
})

test('a roster is added whole, or not at all; the same file twice changes nothing', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  await house.db.person.create({ data: { name: 'Ada', role: 'learner', login: 'ada' } })
  const good = Array.from({ length: 500 }, (_, number) => `Learner ${number},learner${number}@example.org`)
  const bad = fileOf(['name,login', ...good, 'Ada,ADA', ',nobody'].join('\n'))
  expect((await room.previewRoster(owner, id, bad)).problems).toEqual([
    { line: 502, code: 'login-taken', what: 'ada' },
    { line: 503, code: 'no-name', what: 'nobody' },
  ])
  await expect(room.applyRoster(owner, id, bad)).rejects.toMatchObject({
    problem: { code: 'roster-refused' },
  })
  expect(await house.db.person.count()).toBe(2)

  const file = fileOf(['name,login', ...good].join('\n'))
  expect((await room.applyRoster(owner, id, file)).add).toHaveLength(500)
  const before = await house.db.person.findMany({ orderBy: { id: 'asc' } })
  const again = await room.applyRoster(owner, id, file)
  expect([again.add.length, again.here.length]).toEqual([0, 500])
  expect(await house.db.person.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
  expect(await house.db.enrollment.count()).toBe(501)
  expect(
    (await room.auditOfCohort(owner, id)).filter(({ action }) => action === 'roster.applied'),
  ).toHaveLength(1)
})

test('two instructors who apply the same roster at once add everybody once', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const file = fileOf('name,login\nGrace,grace\nAda,ada\n')
  await Promise.allSettled([room.applyRoster(owner, id, file), house.another().applyRoster(owner, id, file)])
  expect(await house.db.person.count()).toBe(3)
  expect(await house.db.enrollment.count()).toBe(3)
})

test('everybody of a roster gets a link; links made before are good no more, and who has come in gets none', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  await room.applyRoster(owner, id, fileOf('name,login\nGrace,grace\nAda,ada\n'))
  const [first] = await room.inviteAll(owner, id)
  const links = await room.inviteAll(owner, id)
  expect(links.map(({ name }) => name)).toEqual(['Ada', 'Grace'])
  const typed = { login: 'ada', password: 'long enough' }
  await expect(room.acceptWithPassword(String(first?.token), typed)).rejects.toMatchObject({ status: 404 })
  await room.acceptWithPassword(String(links[0]?.token), typed)
  expect((await room.inviteAll(owner, id)).map(({ name }) => name)).toEqual(['Grace'])
  expect((await room.members(owner, id)).map(({ name, ready }) => [name, ready])).toEqual([
    ['Owner', true],
    ['Ada', true],
    ['Grace', false],
  ])
  expect(JSON.stringify(await house.db.invitation.findMany())).not.toContain(links[1]?.token)
})

test('an instructor makes a new way in for a learner, and for nobody who is more than that anywhere', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const teacher = await joined(house, id, 'Teacher', owner)
  await room.changeRole(owner, id, teacher.id, 'instructor')
  const grace = await joined(house, id, 'Grace', owner)
  const token = await room.resetPassword(teacher, id, grace.id)
  const { signedIn } = await room.acceptWithPassword(token, { login: 'grace', password: 'it is a moth' })
  expect(signedIn?.person).toEqual(grace)

  const kept = await room.resetPassword(teacher, id, grace.id)
  const elsewhere = await room.openCohort(owner, { name: 'Elsewhere', timeZone: zone })
  await room.acceptByJoining(await room.invite(owner, elsewhere, 'instructor'), grace)
  await expect(room.invitation(kept)).rejects.toMatchObject({ status: 404 })
  for (const subject of [grace.id, owner.id, teacher.id]) {
    await expect(room.resetPassword(teacher, id, subject)).rejects.toMatchObject({ status: 404 })
  }
  await expect(room.resetPassword(owner, id, owner.id)).rejects.toMatchObject({ status: 404 })
  expect(await room.resetPassword(owner, id, grace.id)).toHaveLength(43)
})

test('who is an instructor no more has no way back in, nor into a learner’s account, by links that they made', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const grace = await joined(house, id, 'Grace', owner)
  const linksOf = async (teacher: Person) => [
    await room.invite(teacher, id, 'instructor'),
    await room.resetPassword(teacher, id, grace.id),
  ]
  const another = await joined(house, id, 'Another', owner)
  await room.changeRole(owner, id, another.id, 'instructor')
  const ends = [
    (teacher: Person) => room.removePerson(owner, id, teacher.id),
    (teacher: Person) => room.changeRole(owner, id, teacher.id, 'assistant'),
    (teacher: Person) => room.changeRole(owner, id, teacher.id, 'learner'),
    (teacher: Person) => room.deleteAccount(teacher, 'Teacher'),
  ]
  for (const end of ends) {
    const teacher = await joined(house, id, 'Teacher', owner)
    await room.changeRole(owner, id, teacher.id, 'instructor')
    const links = await linksOf(teacher)
    const kept = await room.invite(another, id, 'learner')
    await end(teacher)
    for (const link of links) await expect(room.invitation(link)).rejects.toMatchObject({ status: 404 })
    expect(await room.invitation(kept)).toMatchObject({ role: 'learner' })
  }
  expect(await house.db.invitation.count({ where: { usedAt: null } })).toBe(ends.length)
})

test('who may look no more is sent away at once: out of the cohort, made a learner, gone', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const { dismissed } = house.service
  const [ada, grace] = [await joined(house, id, 'Ada', owner), await joined(house, id, 'Grace', owner)]
  await room.changeRole(owner, id, ada.id, 'instructor')
  await room.changeRole(owner, id, ada.id, 'assistant')
  expect(dismissed).toEqual([])
  await room.changeRole(owner, id, ada.id, 'learner')
  expect(dismissed).toEqual([{ person: ada.id, cohort: id }])
  await room.removePerson(owner, id, grace.id)
  expect(dismissed.at(-1)).toEqual({ person: grace.id, cohort: id })
  await room.deleteAccount(grace, 'Grace')
  expect(dismissed.at(-1)).toEqual({ person: grace.id, cohort: null })
  // A service that is away has nobody who looks.
  await house.service.down()
  await room.removePerson(owner, id, ada.id)
})

test('who is removed keeps their work; who was only entered and never came is gone', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const grace = await joined(house, id, 'Grace', owner)
  const entered = await room.addPerson(owner, id, { name: 'Typo', login: 'typo' })
  await room.removePerson(owner, id, grace.id)
  await room.removePerson(owner, id, entered)
  expect((await house.db.person.findMany()).map(({ name }) => name).toSorted()).toEqual(['Grace', 'Owner'])
  expect(await room.cohorts(grace)).toEqual([])
})

test('an invitation can be taken back', async () => {
  await using house = await testClassroom()
  const { owner, id, room } = await open(house)
  const token = await room.invite(owner, id, 'assistant')
  const [seen] = await room.openInvitations(owner, id)
  expect(seen).toMatchObject({ role: 'assistant', person: null })
  await room.withdrawInvitation(owner, id, String(seen?.id))
  await expect(room.invitation(token)).rejects.toMatchObject({ status: 404 })
  await expect(room.withdrawInvitation(owner, id, String(seen?.id))).rejects.toMatchObject({ status: 404 })
})
