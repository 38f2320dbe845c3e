/** POST {answers}: what stands in the form now, to be handed in should time be up. `answers` null: nothing does. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { checkRequestSchema } from '#/sandbox/protocol/requests.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const asked = checkRequestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    await (await classroom()).keepAnswers(person, (await params).id, asked.data.answers)
    return {}
  })
}
