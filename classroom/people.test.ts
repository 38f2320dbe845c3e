import { expect, test } from 'vitest'
import { ownerToken, testClassroom } from './testing/classroom.ts'

test('the owner signs in with the printed token and is known by the session', async () => {
  await using house = await testClassroom()
  const signedIn = await house.classroom.signIn(ownerToken)
  expect(signedIn?.person).toMatchObject({ name: 'Owner', role: 'owner' })
  expect(await house.classroom.personOf(signedIn?.session)).toEqual(signedIn?.person)
})

test('a wrong token, a forged session and no session are nobody', async () => {
  await using house = await testClassroom()
  expect(await house.classroom.signIn('the-token-of-somebody')).toBeNull()
  expect(await house.classroom.signIn('')).toBeNull()
  expect(await house.classroom.personOf('x'.repeat(43))).toBeNull()
  expect(await house.classroom.personOf(undefined)).toBeNull()
})

test('first sign-ins at the same moment, in two processes, make one owner', async () => {
  await using house = await testClassroom()
  const other = house.another()
  const all = await Promise.all(
    [house.classroom, other, house.classroom, other].map((room) => room.signIn(ownerToken)),
  )
  expect(new Set(all.map((one) => one?.person.id)).size).toBe(1)
  expect(new Set(all.map((one) => one?.session)).size).toBe(4)
  expect(await house.db.person.count()).toBe(1)
})

test('a session ends when it expires, and when one signs out; the other ones go on', async () => {
  await using house = await testClassroom()
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => house.classroom.signIn(ownerToken)))
  await house.classroom.signOut(String(first?.session))
  expect(await house.classroom.personOf(first?.session)).toBeNull()

  const row = await house.db.session.findFirstOrThrow()
  const past = { createdAt: new Date(Date.now() - 2_000), expiresAt: new Date(Date.now() - 1_000) }
  await house.db.session.update({ where: { tokenHash: row.tokenHash }, data: past })
  const left = [second, third].map((one) => house.classroom.personOf(one?.session))
  expect((await Promise.all(left)).filter((person) => person === null)).toHaveLength(1)

  await house.classroom.signIn(ownerToken)
  expect(await house.db.session.count({ where: { tokenHash: row.tokenHash } })).toBe(0)
})

test('who reads the database cannot sign in with it', async () => {
  await using house = await testClassroom()
  const signedIn = await house.classroom.signIn(ownerToken)
  const stored = JSON.stringify(await house.db.session.findMany())
  expect(stored).not.toContain(signedIn?.session)
  expect(stored).not.toContain(ownerToken)
})

test('an identity of a provider is one person, however often and from wherever they come', async () => {
  await using house = await testClassroom()
  const ada = { issuer: 'https://id.example.org', subject: '42', name: 'Ada Lovelace' }
  const rooms = [house.classroom, house.another(), house.classroom]
  const all = await Promise.all(rooms.map((room) => room.signInByIdentity(ada)))
  expect(new Set(all.map(({ person }) => person.id)).size).toBe(1)
  expect(all[0]?.person).toMatchObject({ name: 'Ada Lovelace', role: 'learner' })
  for (const other of [
    { ...ada, subject: '43' },
    { ...ada, issuer: 'https://evil.example.org' },
  ]) {
    expect((await house.classroom.signInByIdentity(other)).person.id).not.toBe(all[0]?.person.id)
  }
  expect((await house.classroom.signInByIdentity({ ...ada, subject: '44', name: '\0' })).person.name).toBe(
    'Learner',
  )
})

test('a provider that claims somebody’s login as an e-mail address does not get their account', async () => {
  await using house = await testClassroom()
  const grace = await house.learner('Grace')
  const typed = { login: 'grace@navy.mil', password: 'long enough', current: '' }
  await house.classroom.setPassword(grace, typed)
  const claims = { issuer: 'https://id.example.org', subject: 'grace@navy.mil', name: 'grace@navy.mil' }
  expect((await house.classroom.signInByIdentity(claims)).person.id).not.toBe(grace.id)
})
