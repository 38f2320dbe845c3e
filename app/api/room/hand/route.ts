/** POST {cohort, up}: raises or lowers one's own hand. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { roomHub } from '#/app/_server/room/hub.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

const requestSchema = z.object({ cohort: z.uuid(), up: z.boolean() })

export function POST(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const asked = requestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    const { cohort, up } = asked.data
    await (await classroom()).raiseHand(person, cohort, up)
    roomHub().changed(cohort)
  })
}
