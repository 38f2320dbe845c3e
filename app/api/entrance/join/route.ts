/** POST: a name and the code of a cohort; who is signed in needs no name. Without either it leads to the page that asks for it. */
import { pathOf, withPath } from '#/app/_server/back-to.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { form, requireClassroomMode } from '#/app/_server/form.ts'
import { comeIn } from '#/app/_server/joined.ts'
import { personOrNull } from '#/app/_server/person.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  const at = new URL(request.url).searchParams.get('code')
  const to = pathOf(request)
  const back = withPath(at ? `/join/${encodeURIComponent(at)}` : '/join', to)
  return form(request, { back, keep: ['name', 'code'] }, async (fields) => {
    const room = await classroom()
    const code = at ?? fields.text('code')
    if (at === null) {
      await room.cohortOfCode(code)
      return { to: withPath(`/join/${encodeURIComponent(code.trim())}`, to) }
    }
    const name = fields.text('name')
    return comeIn(request, fields, [name], async () => room.join(code, (await personOrNull()) ?? { name }))
  })
}
