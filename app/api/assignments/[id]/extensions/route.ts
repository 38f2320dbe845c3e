/** POST {person, …}: other terms for one learner. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

/** A count may be what was typed: the classroom says with its field that it is none. */
const count = z.union([z.number(), z.string().max(100), z.null()]).transform(Number)
const asked = z.object({
  person: z.uuid(),
  timeZone: z.string().max(64).optional(),
  dueAt: z.string().max(40),
  lateDueAt: z.string().max(40),
  extraMinutes: count,
  extraAttempts: count,
  excused: z.boolean(),
  reason: z.string().max(20_000),
})

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    if (!parsed.success) throw new Refusal(400, problemText.badRequest)
    const { person: whose, ...terms } = parsed.data
    await (await classroom()).giveExtension(person, (await params).id, whose, terms)
  })
}
