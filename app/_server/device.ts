/**
 * A browser in which somebody has signed in with a password remembers it: a random number, signed together with the login. Who has it for a login is
 * counted by it, and not with all who come from the same address (tries.ts). It opens nothing. Knows no account.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { readLogin } from '#/classroom/names.ts'

export const deviceCookie = 'ringside_device'

/** What a browser keeps after this login came in there. */
export function deviceMark(login: string, secret: string): string {
  const number = randomBytes(16).toString('base64url')
  return `${number}.${signature(number, login, secret).toString('base64url')}`
}

/** The number of the browser that asks, if it has a mark of this login; else null. */
export function deviceOf(headers: Headers, login: string, secret: string): string | null {
  const kept = /(?:^|;\s*)ringside_device=([\w-]{22})\.([\w-]{43})(?:;|$)/.exec(headers.get('cookie') ?? '')
  if (!kept) return null
  const [, number = '', signed = ''] = kept
  return timingSafeEqual(Buffer.from(signed, 'base64url'), signature(number, login, secret)) ? number : null
}

/** A key for this alone: the same secret signs tickets and certificates. */
const signature = (number: string, login: string, secret: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'ringside device', 32)))
    .update(`${number}\n${readLogin(login) ?? ''}`)
    .digest()
