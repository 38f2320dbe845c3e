import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { guestTickets } from './guest-tickets.ts'

/** What the route was asked, in order; each answer is a ticket of its own. */
const asked: string[] = []

beforeEach(() => {
  asked.length = 0
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    const { audience } = JSON.parse(body) as { audience: string }
    return Response.json({ ticket: `${audience} ${asked.push(audience)}` })
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const said = async (answer: ReturnType<ReturnType<typeof guestTickets>>) => {
  const result = await answer
  return result.ok ? result.value.ticket : result.problem.code
}

test('the terminal’s ticket is there when the page has heard which shells there are; it is used once', async () => {
  const tickets = guestTickets('/api/look')
  await tickets('watch')
  expect(asked.toSorted()).toEqual(['terminal', 'watch'])
  expect(await said(tickets('terminal'))).toMatch(/^terminal [12]$/)
  expect(await said(tickets('terminal'))).toBe('terminal 3')
  expect(await said(tickets('watch'))).toBe('watch 4')
  expect(await said(tickets('terminal'))).toBe('terminal 5')
})

test('one that has waited long is not used', async () => {
  const tickets = guestTickets('/api/look')
  await tickets('watch')
  vi.setSystemTime(Date.now() + 20_000)
  expect(await said(tickets('terminal'))).toBe('terminal 3')
})
