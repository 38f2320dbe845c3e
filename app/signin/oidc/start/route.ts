/** GET: leaves for the identity provider. ?to=/check: where to go on afterwards. */
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { pathOf, withPath } from '#/app/_server/back-to.ts'
import { leaveNote } from '#/app/_server/note.ts'
import { flowCookie, provider, providerName, redirectUri } from '#/app/_server/provider.ts'
import { isHttps } from '#/app/_server/session-cookie.ts'
import { entranceProblem } from '#/app/_text/en/people/entrance.ts'

export async function GET(request: Request): Promise<Response> {
  if (providerName() === null) notFound()
  const to = pathOf(request) ?? '/'
  try {
    const { url, flow } = await provider().begin(redirectUri(request))
    const jar = await cookies()
    jar.set(flowCookie, JSON.stringify({ ...flow, to }), {
      httpOnly: true,
      sameSite: 'lax',
      secure: isHttps(request),
      path: '/signin/oidc',
      maxAge: 600,
    })
    return away(url)
  } catch (error) {
    console.error('identity provider:', error)
    return away(await leaveNote(request, withPath('/signin', to), { problem: entranceProblem.providerDown }))
  }
}

const away = (location: string) =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
