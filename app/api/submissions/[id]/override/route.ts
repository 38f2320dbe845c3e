/** POST {percent, reason}: an instructor's word on what was handed in. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { overrideSchema } from '#/app/_server/override.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const parsed = overrideSchema.safeParse(await body(request))
    if (!parsed.success) throw new Refusal(400, problemText.badRequest)
    const { percent, reason } = parsed.data
    await (await classroom()).overrideGrade(person, (await params).id, percent, reason)
  })
}
