/** POST {percent, reason}: an instructor's word on what was handed in. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

/** What is no number reaches the classroom as none, which says so with its field. */
const percent = z
  .union([z.number(), z.string().max(100), z.null()])
  .transform((typed) => (typeof typed === 'number' ? typed : Number.NaN))
const asked = z.object({ percent, reason: z.string().max(20_000) })

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    if (!parsed.success) throw new Refusal(400, problemText.badRequest)
    const { percent, reason } = parsed.data
    await (await classroom()).overrideGrade(person, (await params).id, percent, reason)
  })
}
