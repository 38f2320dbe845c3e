/** POST: an invitation is accepted, by a password for whom the roster knows, by a name or a session for who is new. */
import { classroom } from '#/app/_server/classroom.ts'
import { form, requireClassroomMode } from '#/app/_server/form.ts'
import { afterJoining } from '#/app/_server/joined.ts'
import { personOrNull } from '#/app/_server/person.ts'
import { rememberDevice } from '#/app/_server/session-cookie.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const back = `/invite/${encodeURIComponent(token)}`
  return form(request, { back, keep: ['name', 'login'] }, async ({ text }) => {
    const room = await classroom()
    const { person } = await room.invitation(token)
    if (person) {
      const typed = { login: text('login'), password: text('password') }
      const joined = await room.acceptWithPassword(token, typed)
      await rememberDevice(request, typed.login)
      return afterJoining(request, joined)
    }
    const who = (await personOrNull()) ?? { name: text('name') }
    return afterJoining(request, await room.acceptByJoining(token, who))
  })
}
