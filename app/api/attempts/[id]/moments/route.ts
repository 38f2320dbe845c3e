/** POST {name}: saves this moment of the machine. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { saveMomentSchema } from '#/sandbox/protocol/requests.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const asked = saveMomentSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badMoment)
    return (await classroom()).saveMoment(person, (await params).id, asked.data.name)
  })
}
