/**
 * Signed, short-lived tickets between app, browser and service (JWT, HS256, a secret both processes hold). Knows no session and no socket.
 */
import { jwtVerify, SignJWT } from 'jose'
import { type TicketClaims, ticketClaimsSchema, ticketSeconds } from './protocol/tickets.ts'

/** Signs the claims for a minute. @param secret at least 32 bytes of text */
export async function signTicket(claims: TicketClaims, secret: string): Promise<string> {
  const { sandbox, mode, counters, guest } = claims
  return new SignJWT({ sandbox, mode, counters, guest })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(claims.aud)
    .setSubject(claims.sub)
    .setIssuedAt()
    .setExpirationTime(`${ticketSeconds}s`)
    .sign(key(secret))
}

/** `issuedAt`: in unix ms, of a whole second. What has happened since then the ticket does not know. */
export type VerifiedClaims = TicketClaims & { issuedAt: number }

/** The claims of a ticket made for this audience. @throws TicketError when forged, expired, or made for something else */
export async function verifyTicket(
  ticket: string,
  audience: TicketClaims['aud'],
  secret: string,
): Promise<VerifiedClaims> {
  try {
    const { payload } = await jwtVerify(ticket, key(secret), { audience, algorithms: ['HS256'] })
    return { ...ticketClaimsSchema.parse(payload), issuedAt: (payload.iat ?? 0) * 1000 }
  } catch (cause) {
    throw new TicketError('The ticket is not valid, or no longer.', { cause })
  }
}

export class TicketError extends Error {
  override name = 'TicketError'
}

function key(secret: string): Uint8Array {
  return new TextEncoder().encode(secret)
}
