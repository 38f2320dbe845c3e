/** POST: this browser is signed in no more. */
import { cookies } from 'next/headers'
import { classroom } from '#/app/_server/classroom.ts'
import { form } from '#/app/_server/form.ts'
import { dropNote } from '#/app/_server/note.ts'
import { sessionCookie } from '#/app/_server/person.ts'
import { dropSession } from '#/app/_server/session-cookie.ts'

export function POST(request: Request): Promise<Response> {
  return form(request, { back: '/account' }, async () => {
    const session = (await cookies()).get(sessionCookie)?.value
    if (session) await (await classroom()).signOut(session)
    await dropSession()
    await dropNote()
    return { to: '/signin' }
  })
}
