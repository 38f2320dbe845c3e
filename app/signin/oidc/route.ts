/** GET: comes back from the identity provider. Only the browser that left with these values comes in. */
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { readPath } from '#/app/_server/back-to.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { leaveNote } from '#/app/_server/note.ts'
import { flowSchema } from '#/app/_server/oidc.ts'
import { flowCookie, provider, providerName, redirectUri } from '#/app/_server/provider.ts'
import { setSession } from '#/app/_server/session-cookie.ts'
import { entranceProblem } from '#/app/_text/en/people/entrance.ts'

const keptSchema = flowSchema.extend({ to: z.string().refine((to) => readPath(to) !== null) })

export async function GET(request: Request): Promise<Response> {
  if (providerName() === null) notFound()
  const jar = await cookies()
  const text = jar.get(flowCookie)?.value
  jar.set(flowCookie, '', { path: '/signin/oidc', maxAge: 0 })
  try {
    const { to, ...flow } = keptSchema.parse(JSON.parse(text ?? 'null'))
    const identity = await provider().finish(redirectUri(request), new URL(request.url).search, flow)
    await setSession(request, await (await classroom()).signInByIdentity(identity))
    return away(to)
  } catch (error) {
    console.error('identity provider:', error)
    return away(await leaveNote(request, '/signin', { problem: entranceProblem.notVouched }))
  }
}

const away = (location: string) =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
