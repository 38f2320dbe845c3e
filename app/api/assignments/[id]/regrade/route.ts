/** POST {lab?, submission?}: who would change. With the token of that answer: changes them, and says how many. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

const asked = z.object({
  lab: z.string().max(64).optional(),
  submission: z.uuid().optional(),
  token: z.string().max(100).optional(),
})

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    if (!parsed.success) throw new Refusal(400, problemText.badRequest)
    const { token, ...scope } = parsed.data
    const { id } = await params
    const room = await classroom()
    if (token === undefined) return room.previewRegrade(person, id, scope)
    return { changed: await room.applyRegrade(person, id, scope, token) }
  })
}
