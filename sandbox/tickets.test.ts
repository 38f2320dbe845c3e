import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { signTicket, TicketError, verifyTicket } from './tickets.ts'

const secret = 'a secret of at least thirty-two characters'
const sandbox = '0b8f6a52-4a3e-4a6f-9d2c-3f1f6a1f0c11'

describe('a ticket', () => {
  test('says who may open which channel of which sandbox', async () => {
    const ticket = await signTicket({ aud: 'terminal', sub: 'ada', sandbox }, secret)
    const { issuedAt, ...claims } = await verifyTicket(ticket, 'terminal', secret)
    expect(claims).toEqual({ aud: 'terminal', sub: 'ada', sandbox })
    expect(Date.now() - issuedAt).toBeGreaterThanOrEqual(0)
    expect(Date.now() - issuedAt).toBeLessThan(5_000)
  })

  test('opens nothing but the channel it was made for', async () => {
    const ticket = await signTicket({ aud: 'watch', sub: 'ada', sandbox }, secret)
    await expect(verifyTicket(ticket, 'terminal', secret)).rejects.toThrow(TicketError)
  })

  test('is refused when signed with another secret, unsigned, or garbled', async () => {
    const forged = await signTicket({ aud: 'terminal', sub: 'ada', sandbox }, secret.toUpperCase())
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`
    for (const ticket of [forged, unsigned, 'rubbish', ''])
      await expect(verifyTicket(ticket, 'terminal', secret)).rejects.toThrow(TicketError)
  })

  test('is refused when its minute is over', async () => {
    const stale = await new SignJWT({ sandbox })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('terminal')
      .setSubject('ada')
      .setExpirationTime(Math.floor(Date.now() / 1000) - 1)
      .sign(new TextEncoder().encode(secret))
    await expect(verifyTicket(stale, 'terminal', secret)).rejects.toThrow(TicketError)
  })
})
