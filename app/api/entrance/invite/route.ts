/** POST: an invitation is accepted, by a password for whom the roster knows, by a name or a session for who is new. */
import { classroom } from '#/app/_server/classroom.ts'
import { form, requireClassroomMode } from '#/app/_server/form.ts'
import { comeIn } from '#/app/_server/joined.ts'
import { personOrNull } from '#/app/_server/person.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const back = `/invite/${encodeURIComponent(token)}`
  return form(request, { back, keep: ['name', 'login'] }, async (fields) => {
    const { text } = fields
    const room = await classroom()
    const [name, login, password] = [text('name'), text('login'), text('password')]
    return comeIn(request, fields, [name, login, password], async () => {
      const { person } = await room.invitation(token)
      if (person) return { ...(await room.acceptWithPassword(token, { login, password })), login }
      return room.acceptByJoining(token, (await personOrNull()) ?? { name })
    })
  })
}
