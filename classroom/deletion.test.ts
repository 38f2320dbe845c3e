import { expect, test } from 'vitest'
import { lab, testClassroom } from './testing/classroom.ts'
import { answers } from './testing/recorded.ts'

/** Somebody who has done everything that leaves a trace, beside somebody else who has, too. */
async function busy(house: Awaited<ReturnType<typeof testClassroom>>) {
  const { classroom: room, db } = house
  const owner = await house.owner()
  const id = await room.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  const join = async (name: string) => {
    const { signedIn } = await room.join(await room.newCode(owner, id), { name })
    if (!signedIn) throw new Error('nobody joined')
    const { person } = signedIn
    const first = await room.startLab(person, lab)
    await room.check(person, first.id, answers)
    await room.finish(person, first.id)
    const second = await room.startLab(person, 'silent-drop')
    await room.markRead(person, 'nic')
    await room.keepPlace(person, 'nic', 'the-ring')
    await room.answerRecall(person, 'nic', '0123456789ab', true)
    await room.showHint(person, lab, 1)
    await db.identity.create({
      data: { issuer: 'https://id.example.org', subject: name, personId: person.id },
    })
    return { person, first: first.id, second: second.id, session: signedIn.session }
  }
  const [grace, ada] = [await join('Grace Hopper'), await join('Ada')]
  await room.resetPassword(owner, id, grace.person.id)
  await room.changeRole(owner, id, grace.person.id, 'assistant')
  await room.appoint(owner, grace.person.id, 'instructor')
  const fault = { attemptId: ada.second, fromLab: lab, fromSeed: 1, lab: 'silent-drop', seed: 2 }
  await house.db.injection.create({ data: { ...fault, cohortId: id, byId: grace.person.id, state: 'done' } })
  const teacher = { ...grace.person, role: 'instructor' as const }
  await room.openCohort(teacher, { name: 'Hers', timeZone: 'UTC' })
  const homework = await db.assignment.create({
    data: { cohortId: id, title: 'Homework', latePolicy: {}, terms: {}, seedKey: '' },
  })
  const extension = { assignmentId: homework.id, excused: true, reason: 'Their mother was ill' }
  for (const { person } of [grace, ada])
    await db.extension.create({ data: { ...extension, personId: person.id } })
  return { owner, id, grace, ada, extension }
}

/** Everything that the database holds, as text. */
async function dump(house: Awaited<ReturnType<typeof testClassroom>>): Promise<string> {
  const tables = await house.db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
  const rows = await Promise.all(
    tables.map(({ name }) => house.db.$queryRawUnsafe(`SELECT t::text FROM "${name}" t`)),
  )
  return JSON.stringify(rows)
}

test('deleting an account leaves nothing of it: no machine, no recording, no row, no name; others keep all', async () => {
  await using house = await testClassroom()
  const { owner, id, grace, ada } = await busy(house)
  const before = await dump(house)
  expect(before).toContain(grace.person.id)
  expect(house.service.machines.has(grace.second)).toBe(true)

  await house.classroom.deleteAccount(grace.person, ' Grace Hopper ')
  const after = await dump(house)
  for (const trace of [grace.person.id, 'Grace', grace.first, grace.second])
    expect(after).not.toContain(trace)
  expect([...house.service.machines.keys()]).toEqual([ada.second])
  expect([...house.service.forgotten].toSorted()).toEqual([grace.first, grace.second].toSorted())
  expect(await house.classroom.personOf(grace.session)).toBeNull()
  expect(await house.classroom.personOf(ada.session)).toEqual(ada.person)
  expect(await house.db.verdict.count()).toBe(1)
  expect(await house.db.injection.findMany()).toMatchObject([{ attemptId: ada.second, byId: null }])
  const log = await house.classroom.auditOfHouse(owner)
  expect(log.find(({ action }) => action === 'person.role')).toMatchObject({ actor: 'Owner', subject: null })
  expect(log.find(({ detail }) => detail.name === 'Hers')).toMatchObject({ actor: null })
  expect((await house.classroom.members(owner, id)).map(({ name }) => name)).toEqual(['Owner', 'Ada'])
})

test('it needs the name, and a service that can be asked; else nothing is deleted', async () => {
  await using house = await testClassroom()
  const { grace, owner } = await busy(house)
  const before = await dump(house)
  for (const typed of ['', 'grace hopper', 'Ada']) {
    await expect(house.classroom.deleteAccount(grace.person, typed)).rejects.toMatchObject({
      problem: { code: 'not-the-name' },
    })
  }
  await expect(house.classroom.deleteAccount(owner, 'Owner')).rejects.toMatchObject({
    problem: { code: 'owner-stays' },
  })
  await house.service.down()
  await expect(house.classroom.deleteAccount(grace.person, 'Grace Hopper')).rejects.toMatchObject({
    status: 503,
  })
  expect(await dump(house)).toBe(before)
})

test('the export holds all that is theirs, and nothing of anybody else or of the judge', async () => {
  await using house = await testClassroom()
  const { grace, ada, extension } = await busy(house)
  const files = new Map<string, string>()
  for await (const { name, content } of house.classroom.exportOf(grace.person))
    files.set(name, new TextDecoder().decode(content))
  expect([...files.keys()].toSorted()).toEqual([
    'account.json',
    'assignments.json',
    'labs.json',
    'reading.json',
    `recordings/${lab}-${grace.first}/0-1.cast`,
    `recordings/silent-drop-${grace.second}/0-1.cast`,
    'rooms.json',
  ])
  const account = JSON.parse(files.get('account.json') ?? '')
  expect(account).toMatchObject({
    name: 'Grace Hopper',
    identities: [{ subject: 'Grace Hopper' }],
    enrollments: [{ role: 'assistant' }, { role: 'instructor' }],
    sessions: [{}],
  })
  const labs = JSON.parse(files.get('labs.json') ?? '')
  expect(labs.attempts).toHaveLength(2)
  expect(labs.verdicts).toMatchObject([{ answers, status: 'pass' }])
  expect(labs.hints).toMatchObject([{ lab, number: 1 }])
  expect(JSON.parse(files.get('reading.json') ?? '')).toMatchObject({
    read: [{ chapter: 'nic' }],
    places: [{ anchor: 'the-ring' }],
    recalls: [{ chapter: 'nic' }],
  })
  // What an instructor wrote about them, as the form says (decision 15).
  expect(JSON.parse(files.get('assignments.json') ?? '').extensions).toMatchObject([extension])
  const all = [...files.values()].join('\n')
  for (const secret of [ada.person.id, 'Hash']) expect(all).not.toContain(secret)
  for (const evidence of ['before', 'after']) expect(labs.verdicts[0]).not.toHaveProperty(evidence)
})
