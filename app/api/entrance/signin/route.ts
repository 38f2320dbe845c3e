/** POST: login and password. */
import { pathOf, withPath } from '#/app/_server/back-to.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { byPassword } from '#/app/_server/door.ts'
import { form, requireClassroomMode } from '#/app/_server/form.ts'
import { rememberDevice, setSession } from '#/app/_server/session-cookie.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  const to = pathOf(request)
  return form(request, { back: withPath('/signin', to), keep: ['login'] }, async ({ text }) => {
    const room = await classroom()
    const login = text('login')
    const signedIn = await byPassword(request, login, () => room.signInByPassword(login, text('password')))
    await setSession(request, signedIn)
    await rememberDevice(request, login)
    return { to: to ?? '/' }
  })
}
