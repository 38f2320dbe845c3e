/**
 * GET ?token=…: the address that `npm start` prints (proxy.ts leads /signin?token=… here). The right token leaves a session and goes on to the
 * course, without the token in the address; anything else goes to the page that says what to do.
 */
import { type NextRequest, NextResponse } from 'next/server'
import { classroom } from '#/app/_server/classroom.ts'
import { setSession } from '#/app/_server/session-cookie.ts'

export async function GET(request: NextRequest): Promise<Response> {
  const signedIn = await (await classroom()).signIn(request.nextUrl.searchParams.get('token') ?? '')
  if (!signedIn) return away('/signin/help')
  await setSession(request, signedIn)
  return away('/')
}

/** Relative, so that it also holds behind a proxy that we do not know of. */
const away = (path: string) =>
  new NextResponse(null, {
    status: 303,
    headers: { location: path, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  })
