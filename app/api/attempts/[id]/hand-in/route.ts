/** POST {answers}: hands the attempt in as it is now. `answers` null: no diagnosis is given. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { checkRequestSchema } from '#/sandbox/protocol/requests.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const asked = checkRequestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    return (await classroom()).handIn(person, (await params).id, asked.data.answers)
  })
}
