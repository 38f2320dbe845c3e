/** POST {saveAs}: takes the machine back to this moment; `saveAs` names the present, which is saved first, or is null. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { backToMomentSchema } from '#/sandbox/protocol/requests.ts'
import { momentSchema } from '#/sandbox/protocol/status.ts'

export function POST(
  request: Request,
  { params }: { params: Promise<{ id: string; moment: string }> },
): Promise<Response> {
  return answer(request, async (person) => {
    const { id, moment } = await params
    const which = momentSchema.shape.id.safeParse(Number(moment))
    const asked = backToMomentSchema.safeParse(await body(request))
    if (!which.success) throw new Refusal(400, problemText.badRequest)
    if (!asked.success) throw new Refusal(400, problemText.badMoment)
    return (await classroom()).backTo(person, id, which.data, asked.data.saveAs)
  })
}
