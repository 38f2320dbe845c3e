/** POST: the return code has been kept; it is not shown again. */
import { pathOf, withPath } from '#/app/_server/back-to.ts'
import { form } from '#/app/_server/form.ts'
import { dropNote } from '#/app/_server/note.ts'

export function POST(request: Request): Promise<Response> {
  const to = pathOf(request)
  return form(request, { back: withPath('/welcome', to) }, async () => {
    await dropNote()
    return { to: to ?? '/course' }
  })
}
