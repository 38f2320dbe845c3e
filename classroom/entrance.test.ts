import { expect, test } from 'vitest'
import { hash, newToken } from './secrets.ts'
import { ownerToken, testClassroom } from './testing/classroom.ts'

const code = '7GQ2A01BZZ90'
type House = Awaited<ReturnType<typeof testClassroom>>

const cohort = (house: House, more = {}) =>
  house.db.cohort.create({ data: { name: 'Autumn', timeZone: 'Europe/Berlin', joinCode: code, ...more } })

async function invite(house: House, cohortId: string, more = {}): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(Date.now() + 60_000)
  const data = { tokenHash: hash(token), cohortId, role: 'learner' as const, expiresAt, ...more }
  await house.db.invitation.create({ data })
  return token
}

test('a name and a code make a learner of the cohort, signed in, with a code to come back with', async () => {
  await using house = await testClassroom()
  const { id } = await cohort(house)
  expect(await house.classroom.cohortOfCode(' 7gq2-ao1b-zz90 ')).toBe('Autumn')
  const joined = await house.classroom.join('7GQ2-A01B-ZZ90', { name: '  Grace   Hopper ' })
  expect(joined).toMatchObject({
    cohort: id,
    signedIn: { person: { name: 'Grace Hopper', role: 'learner' } },
  })
  expect(joined.returnCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  const person = await house.classroom.personOf(joined.signedIn?.session)
  expect(person?.name).toBe('Grace Hopper')
  const back = await house.classroom.signInByReturnCode(String(joined.returnCode).toLowerCase())
  expect(back.person).toEqual(person)
  expect(await house.db.enrollment.findMany()).toMatchObject([{ cohortId: id, role: 'learner' }])
  expect(JSON.stringify(await house.db.person.findMany())).not.toContain(joined.returnCode?.slice(0, 4))
})

test('somebody who is signed in just joins, once, and keeps the role that they have', async () => {
  await using house = await testClassroom()
  const { id } = await cohort(house)
  const person = await house.learner('Grace')
  await house.db.enrollment.create({ data: { cohortId: id, personId: person.id, role: 'instructor' } })
  const both = [house.classroom.join(code, person), house.another().join(code, person)]
  expect(await Promise.all(both)).toMatchObject([{ signedIn: null, returnCode: null }, { cohort: id }])
  expect(await house.db.enrollment.findMany()).toMatchObject([{ role: 'instructor' }])
  expect(await house.db.person.count()).toBe(1)
})

test('a wrong code, one that was taken back, an archived cohort and no name let nobody in', async () => {
  await using house = await testClassroom()
  await cohort(house, { archivedAt: new Date() })
  await cohort(house, { joinCode: null })
  for (const typed of [code, '', '0000-0000-0000', "' OR 1=1 --", '\0'.repeat(12)]) {
    await expect(house.classroom.join(typed, { name: 'Grace' })).rejects.toMatchObject({
      status: 404,
      problem: { code: 'wrong-code' },
    })
    await expect(house.classroom.signInByReturnCode(typed)).rejects.toMatchObject({ status: 404 })
  }
  await house.db.cohort.updateMany({ where: { joinCode: code }, data: { archivedAt: null } })
  for (const name of ['', '   ', 'a\0b', 'x'.repeat(81), 'evil\u202etxt.exe']) {
    await expect(house.classroom.join(code, { name })).rejects.toMatchObject({
      problem: { code: 'bad-name' },
    })
  }
  expect(await house.db.person.count()).toBe(0)
})

test('an invitation for somebody on the roster sets their password, and is good once', async () => {
  await using house = await testClassroom()
  const { id } = await cohort(house)
  const entry = await house.db.person.create({
    data: { name: 'Grace', role: 'learner', login: 'grace@navy.mil' },
  })
  const token = await invite(house, id, { personId: entry.id })
  expect(await house.classroom.invitation(token)).toEqual({
    cohort: 'Autumn',
    role: 'learner',
    person: { name: 'Grace', login: 'grace@navy.mil' },
  })
  const typed = { login: 'Grace@Navy.mil', password: 'it is a moth' }
  const results = await Promise.allSettled(
    [1, 2, 3].map(() => house.classroom.acceptWithPassword(token, typed)),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(house.classroom.invitation(token)).rejects.toMatchObject({ status: 404 })
  const back = await house.classroom.signInByPassword(' GRACE@navy.mil', 'it is a moth')
  expect(back.person.id).toBe(entry.id)
})

test('an invitation for nobody yet makes a person with the role that it names; two at once make one', async () => {
  await using house = await testClassroom()
  const { id } = await cohort(house)
  const token = await invite(house, id, { role: 'assistant' })
  await expect(
    house.classroom.acceptWithPassword(token, { login: 'a', password: 'long enough' }),
  ).rejects.toMatchObject({ status: 404 })
  const results = await Promise.allSettled(
    [1, 2].map(() => house.classroom.acceptByJoining(token, { name: 'Grace' })),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await house.db.enrollment.findMany()).toMatchObject([{ role: 'assistant' }])
  expect(await house.db.person.count()).toBe(1)
})

test('an invitation that is over, or into an archived cohort, is as unknown as one that never was', async () => {
  await using house = await testClassroom()
  const old = { createdAt: new Date(Date.now() - 2_000), expiresAt: new Date(Date.now() - 1_000) }
  const archived = await cohort(house, { archivedAt: new Date(), joinCode: null })
  const tokens = [
    await invite(house, (await cohort(house)).id, old),
    await invite(house, archived.id),
    newToken(),
    '',
  ]
  for (const token of tokens) {
    await expect(house.classroom.invitation(token)).rejects.toMatchObject({
      problem: { code: 'no-such-invitation' },
    })
    await expect(house.classroom.acceptByJoining(token, { name: 'Grace' })).rejects.toMatchObject({
      status: 404,
    })
  }
})

test('sixty people join in the same moments and get sixty accounts', async () => {
  await using house = await testClassroom()
  await cohort(house)
  const began = performance.now()
  const all = await Promise.all(
    Array.from({ length: 60 }, (_, number) => house.classroom.join(code, { name: `Learner ${number}` })),
  )
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(new Set(all.map(({ returnCode }) => returnCode)).size).toBe(60)
  expect(await house.db.enrollment.count()).toBe(60)
})

test('the owner keeps their link when they have set a password', async () => {
  await using house = await testClassroom()
  const owner = await house.owner()
  await house.classroom.setPassword(owner, { login: 'owner', password: 'the house is mine', current: '' })
  expect((await house.classroom.signInByPassword('owner', 'the house is mine')).person).toEqual(owner)
  expect((await house.classroom.signIn(ownerToken))?.person).toEqual(owner)
})
