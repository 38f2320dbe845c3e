/** The session and the browser's own mark as cookies: set, taken away. Knows no way to sign in. */
import 'server-only'
import { cookies } from 'next/headers'
import type { SignedIn } from '#/classroom/types.ts'
import { deviceCookie, deviceMark } from './device.ts'
import { environment } from './environment.ts'
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

/** After a password was right or set: this browser is known to this login, also when the session is over (device.ts). */
export async function rememberDevice(request: Request, login: string): Promise<void> {
  const jar = await cookies()
  jar.set(deviceCookie, deviceMark(login, environment().RINGSIDE_SECRET), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(request),
    path: '/',
    maxAge: 90 * 86_400,
  })
}

export async function dropSession(): Promise<void> {
  const jar = await cookies()
  jar.delete(sessionCookie)
}

export const isHttps = (request: Request): boolean =>
  (request.headers.get('x-forwarded-proto') ?? new URL(request.url).protocol.replace(':', '')) === 'https'
