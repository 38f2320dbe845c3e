/** POST {person, reason}: excuses a learner from the assignment. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

const asked = z.object({ person: z.uuid(), reason: z.string().max(20_000) })

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    if (!parsed.success) throw new Refusal(400, problemText.badRequest)
    const { person: whose, reason } = parsed.data
    await (await classroom()).excuseLearner(person, (await params).id, whose, reason)
  })
}
