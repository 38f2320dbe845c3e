/** GET: which machine is shown to the cohort, if any. POST {audience}: a ticket to look at it, good for a minute. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

interface Context {
  params: Promise<{ id: string }>
}

const requestSchema = z.object({ audience: z.enum(['terminal', 'watch']) })

export function GET(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const { shown } = await (await classroom()).screen(person, (await params).id)
    return { attempt: shown?.attempt ?? null }
  })
}

export function POST(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const asked = requestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    const room = await classroom()
    return { ticket: await room.screenTicket(person, (await params).id, asked.data.audience) }
  })
}
