/** The session as a cookie: set, taken away. Knows no way to sign in. */
import 'server-only'
import { cookies } from 'next/headers'
import type { SignedIn } from '#/classroom/types.ts'
import { sessionCookie } from './person.ts'

export async function setSession(request: Request, { session, expiresAt }: SignedIn): Promise<void> {
  const jar = await cookies()
  jar.set(sessionCookie, session, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(request),
    path: '/',
    expires: new Date(expiresAt),
  })
}

export async function dropSession(): Promise<void> {
  const jar = await cookies()
  jar.delete(sessionCookie)
}

export const isHttps = (request: Request): boolean =>
  (request.headers.get('x-forwarded-proto') ?? new URL(request.url).protocol.replace(':', '')) === 'https'
