/** POST {audience}: a ticket to look at a learner's machine, good for a minute. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

interface Context {
  params: Promise<{ id: string; attempt: string }>
}

const requestSchema = z.object({ audience: z.enum(['terminal', 'watch']) })

export function POST(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const asked = requestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    const { id, attempt } = await params
    const room = await classroom()
    return { ticket: await room.lookTicket(person, id, attempt, asked.data.audience) }
  })
}
