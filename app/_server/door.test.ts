/** Who is wrong is counted, who is right is let in, and what is nobody's fault counts for nothing. */
import { expect, it } from 'vitest'
import { Refusal } from '#/classroom/index.ts'
import { wrongLogin } from '#/classroom/refusal.ts'
import { deviceMark } from './device.ts'
import { byOwnPassword, byPassword } from './door.ts'

const secret = 'a secret of at least thirty-two characters'
Object.assign(process.env, {
  DATABASE_URL: 'postgresql://nowhere',
  RINGSIDE_SECRET: secret,
  RINGSIDE_OWNER_TOKEN: 'the token of the owner',
})

const from = (peer: string, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', { headers: { 'x-ringside-peer': peer, ...headers } })
const right = async () => 'in'
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

it('lets ada in with her browser while a neighbour behind the same address has tried her login thirty times', async () => {
  const neighbour = from('192.0.2.3')
  for (let tried = 0; tried < 30; tried++) await byPassword(neighbour, 'ada', wrong).catch(() => {})
  await expect(byPassword(neighbour, 'ada', right)).rejects.toMatchObject({ status: 429 })
  const cookie = `ringside_device=${deviceMark('ada', secret)}`
  expect(await byPassword(from('192.0.2.3', { cookie }), 'ada', right)).toBe('in')
  await expect(byPassword(from('192.0.2.3', { cookie }), 'grace', wrong)).rejects.toMatchObject({
    status: 401,
  })
})

it('makes nobody who changes their password wait for what others tried from there', async () => {
  const request = from('192.0.2.5')
  for (let login = 0; login < 300; login++) await byPassword(request, `login-${login}`, wrong).catch(() => {})
  await expect(byPassword(request, 'ada', right)).rejects.toMatchObject({ status: 429 })
  const ada = { id: 'an id', name: 'Ada', role: 'learner' as const }
  expect(await byOwnPassword(request, ada, right)).toBe('in')
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
