/** POST: a name and the code of a cohort; who is signed in needs no name. Without either it leads to the page that asks for it. */
import { classroom } from '#/app/_server/classroom.ts'
import { form, requireClassroomMode } from '#/app/_server/form.ts'
import { afterJoining } from '#/app/_server/joined.ts'
import { personOrNull } from '#/app/_server/person.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  const at = new URL(request.url).searchParams.get('code')
  const back = at ? `/join/${encodeURIComponent(at)}` : '/join'
  return form(request, { back, keep: ['name', 'code'] }, async ({ text }) => {
    const room = await classroom()
    const code = at ?? text('code')
    if (at === null) {
      await room.cohortOfCode(code)
      return { to: `/join/${encodeURIComponent(code.trim())}` }
    }
    const who = (await personOrNull()) ?? { name: text('name') }
    return afterJoining(request, await room.join(code, who))
  })
}
