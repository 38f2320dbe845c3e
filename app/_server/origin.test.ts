/** Another site cannot act with a learner's session. */
import { expect, it } from 'vitest'
import { sameOrigin } from './origin.ts'

const from = (headers: Record<string, string>, method = 'POST') =>
  sameOrigin(new Request('http://localhost:3000/api/tickets', { headers, method }))

it('takes requests of our own pages, also behind a proxy', () => {
  expect(from({ origin: 'http://localhost:3000', host: 'localhost:3000' })).toBe(true)
  expect(
    from({ origin: 'https://course.example', host: 'app:3000', 'x-forwarded-host': 'course.example' }),
  ).toBe(true)
  expect(from({ host: 'localhost:3000', 'sec-fetch-site': 'same-origin' })).toBe(true)
})

it('refuses every other site, another port, and who does not say', () => {
  expect(from({ origin: 'http://evil.example', host: 'localhost:3000' })).toBe(false)
  expect(from({ origin: 'http://localhost:8080', host: 'localhost:3000' })).toBe(false)
  expect(from({ origin: 'null', host: 'localhost:3000' })).toBe(false)
  expect(from({ host: 'localhost:3000' })).toBe(false)
})

it('takes who only reads and cannot say, as browsers do over plain HTTP, and nobody of whom it is known that they come from elsewhere', () => {
  expect(from({ host: '10.0.0.5:4700' }, 'GET')).toBe(true)
  expect(from({ host: '10.0.0.5:4700', 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(false)
  expect(from({ host: '10.0.0.5:4700', origin: 'http://evil.example' }, 'GET')).toBe(false)
})
