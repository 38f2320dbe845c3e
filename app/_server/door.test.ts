/** Who is wrong is counted, who is right is let in, and what is nobody's fault counts for nothing. */
import { expect, it } from 'vitest'
import { Refusal } from '#/classroom/index.ts'
import { wrongCode, wrongLogin } from '#/classroom/refusal.ts'
import { byCode, byPassword } from './door.ts'

const from = (peer: string) => new Request('http://localhost/', { headers: { 'x-ringside-peer': peer } })
const wrong = async () => {
  throw wrongLogin()
}

it('makes a login wait after five wrong passwords, without asking for the password again', async () => {
  const request = from('192.0.2.1')
  for (let tried = 0; tried < 5; tried++)
    await expect(byPassword(request, 'grace', wrong)).rejects.toMatchObject({ status: 401 })
  let asked = 0
  const ask = async () => {
    asked += 1
    return 'in'
  }
  await expect(byPassword(request, 'grace', ask)).rejects.toMatchObject({
    status: 429,
    problem: { code: 'too-many-tries', remedy: expect.stringMatching(/^Wait 1 second, then/) },
  })
  expect(asked).toBe(0)
  expect(await byPassword(request, 'ada', ask)).toBe('in')
  expect(await byPassword(from('192.0.2.2'), 'grace', ask)).toBe('in')
})

it('lets a right code in whatever was tried from there before', async () => {
  const request = from('192.0.2.3')
  for (let tried = 0; tried < 400; tried++) {
    const guess = byCode(request, async () => {
      throw wrongCode()
    })
    await expect(guess).rejects.toMatchObject({ status: 404 })
  }
  expect(await byCode(request, async () => 'in')).toBe('in')
})

it('counts no outage', async () => {
  const request = from('192.0.2.4')
  const outage = async () => {
    throw new Refusal(503, { code: 'database-unavailable', message: 'm', remedy: 'r' })
  }
  for (let tried = 0; tried < 20; tried++)
    await expect(byPassword(request, 'grace', outage)).rejects.toMatchObject({ status: 503 })
  expect(await byPassword(request, 'grace', async () => 'in')).toBe('in')
})
