/** A double click on *Join* makes one person, who gets their code. */
import { expect, it } from 'vitest'
import { testClassroom } from '#/classroom/testing/classroom.ts'
import { once } from './once.ts'

it('lets in once who presses Join twice, and shows the same return code to the answer that the browser waits for', async () => {
  await using house = await testClassroom()
  const owner = await house.owner()
  const id = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  const code = await house.classroom.newCode(owner, id)
  const joining = once<Awaited<ReturnType<typeof house.classroom.join>>>()
  const press = () => joining('a number of the page', () => house.classroom.join(code, { name: 'Ada' }))
  const [first, second] = await Promise.all([press(), press()])
  const late = await press()
  expect(second).toEqual(first)
  expect(late).toEqual(first)
  expect(first.returnCode).toMatch(/\w/)
  const names = (await house.classroom.members(owner, id)).map(({ name }) => name)
  expect(names.filter((name) => name === 'Ada')).toHaveLength(1)
})

it('does again what was refused, what has another number or none, and what was sent a minute later', async () => {
  let done = 0
  const count = async () => ++done
  const sent = once<number>(10)
  await expect(sent('a', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(await sent('a', count)).toBe(1)
  expect(await sent('b', count)).toBe(2)
  expect(await sent('', count)).toBe(3)
  expect(await sent('', count)).toBe(4)
  await expect.poll(() => sent('a', count)).toBe(5)
})
