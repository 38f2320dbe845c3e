/** POST: the return code has been kept; it is not shown again. */
import { form } from '#/app/_server/form.ts'
import { dropNote } from '#/app/_server/note.ts'

export function POST(request: Request): Promise<Response> {
  return form(request, { back: '/welcome' }, async () => {
    await dropNote()
    return { to: '/course' }
  })
}
