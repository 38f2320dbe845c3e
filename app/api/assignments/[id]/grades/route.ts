/** POST {person, lab, percent, reason}: an instructor's word where nothing was handed in. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { overrideSchema } from '#/app/_server/override.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

const asked = overrideSchema.extend({ person: z.uuid(), lab: z.string().max(64) })

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    if (!parsed.success) throw new Refusal(400, problemText.badRequest)
    const { person: personId, lab, percent, reason } = parsed.data
    const place = { assignmentId: (await params).id, personId, lab }
    await (await classroom()).gradeUnsubmitted(person, place, percent, reason)
  })
}
