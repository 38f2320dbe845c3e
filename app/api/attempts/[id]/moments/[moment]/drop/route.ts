/** POST: forgets this moment. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { momentSchema } from '#/sandbox/protocol/status.ts'

export function POST(
  request: Request,
  { params }: { params: Promise<{ id: string; moment: string }> },
): Promise<Response> {
  return answer(request, async (person) => {
    const { id, moment } = await params
    const which = momentSchema.shape.id.safeParse(Number(moment))
    if (!which.success) throw new Refusal(400, problemText.badRequest)
    return (await classroom()).dropMoment(person, id, which.data)
  })
}
