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
