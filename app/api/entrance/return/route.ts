/** POST: a return code. */
import { pathOf, withPath } from '#/app/_server/back-to.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { form, requireClassroomMode } from '#/app/_server/form.ts'
import { setSession } from '#/app/_server/session-cookie.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  const to = pathOf(request)
  return form(request, { back: withPath('/return', to) }, async ({ text }) => {
    const room = await classroom()
    await setSession(request, await room.signInByReturnCode(text('code')))
    return { to: to ?? '/' }
  })
}
