import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './passwords.ts'
import { testClassroom } from './testing/classroom.ts'

const password = 'four unrelated words'

test('a password is kept as Argon2id with the cost that OWASP asks for, and never twice the same', async () => {
  const [first, second] = await Promise.all([hashPassword(password), hashPassword(password)])
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(first).not.toBe(second)
  expect(await verifyPassword(first, password)).toBe(true)
  expect(await verifyPassword(first, `${password} `)).toBe(false)
})

test('the length is the only rule, counted in characters as people see them', async () => {
  for (const bad of ['', '123456789', 'x'.repeat(201), '🦆'.repeat(9)]) {
    await expect(hashPassword(bad)).rejects.toMatchObject({ problem: { code: 'bad-password' } })
  }
  for (const good of ['1234567890', 'ä'.repeat(200), '🦆'.repeat(10)]) {
    expect(await verifyPassword(await hashPassword(good), good)).toBe(true)
  }
})

test('a login that does not exist is refused with the same words, after about the same time', async () => {
  await using house = await testClassroom()
  const person = await house.learner('Grace')
  await house.classroom.setPassword(person, { login: 'grace', password, current: '' })
  const time = async (login: string) => {
    const began = performance.now()
    await expect(house.classroom.signInByPassword(login, 'a wrong password')).rejects.toMatchObject({
      status: 401,
      problem: { code: 'wrong-login' },
    })
    return performance.now() - began
  }
  await time('grace')
  const best = async (login: string) => {
    const times: number[] = []
    for (let round = 0; round < 7; round++) times.push(await time(login))
    return Math.min(...times)
  }
  const [known, unknown] = [await best('grace'), await best('nobody')]
  expect(unknown).toBeGreaterThan(known / 3)
  expect(known).toBeGreaterThan(unknown / 3)
})

test('a new password ends every session, and asks for the old one', async () => {
  await using house = await testClassroom()
  const person = await house.learner('Grace')
  const first = await house.classroom.setPassword(person, { login: 'grace', password, current: '' })
  const next = { login: 'grace', password: 'another long one', current: 'not the old one' }
  await expect(house.classroom.setPassword(person, next)).rejects.toMatchObject({ status: 401 })
  expect(await house.classroom.personOf(first.session)).toEqual(person)
  const second = await house.classroom.setPassword(person, { ...next, current: password })
  expect(await house.classroom.personOf(first.session)).toBeNull()
  expect(await house.classroom.personOf(second.session)).toEqual(person)
  await expect(house.classroom.signInByPassword('grace', password)).rejects.toMatchObject({ status: 401 })
})

test('a login is somebody’s alone, whatever its case', async () => {
  await using house = await testClassroom()
  const [grace, ada] = [await house.learner('Grace'), await house.learner('Ada')]
  await house.classroom.setPassword(grace, { login: 'Someone@Example.org', password, current: '' })
  await expect(
    house.classroom.setPassword(ada, { login: 'someone@example.ORG', password, current: '' }),
  ).rejects.toMatchObject({ status: 409, problem: { code: 'login-taken' } })
  for (const login of ['', 'a b', 'a\0', 'x'.repeat(255)]) {
    await expect(house.classroom.setPassword(ada, { login, password, current: '' })).rejects.toMatchObject({
      status: 400,
    })
  }
})

test('sessions are listed for whom they belong to, and one can be ended', async () => {
  await using house = await testClassroom()
  const [grace, ada] = [await house.learner('Grace'), await house.learner('Ada')]
  const one = await house.classroom.setPassword(grace, { login: 'grace', password, current: '' })
  const two = await house.classroom.signInByPassword('grace', password)
  const seen = await house.classroom.sessions(grace, two.session)
  expect(seen.map(({ current }) => current)).toEqual([true, false])
  expect(await house.classroom.sessions(ada, '')).toEqual([])
  await expect(house.classroom.endSession(ada, String(seen[1]?.id))).rejects.toMatchObject({ status: 404 })
  await house.classroom.endSession(grace, String(seen[1]?.id))
  expect(await house.classroom.personOf(one.session)).toBeNull()
  await expect(house.classroom.endSession(grace, 'x')).rejects.toMatchObject({ status: 404 })
})
