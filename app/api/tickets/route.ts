/** POST {attempt, audience}: a ticket for the browser's WebSocket, good for a minute. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

const requestSchema = z.object({ attempt: z.uuid(), audience: z.enum(['terminal', 'watch']) })

export function POST(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const asked = requestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    const { attempt, audience } = asked.data
    return { ticket: await (await classroom()).ticket(person, attempt, audience) }
  })
}
