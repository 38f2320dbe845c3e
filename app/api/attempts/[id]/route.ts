/** GET: until when one may work at it, and the time by which that is meant. A page that is open for hours asks again: more time may have been given. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { noSuchAttempt } from '#/classroom/refusal.ts'

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const attempt = await (await classroom()).attempt(person, (await params).id)
    if (!attempt) throw noSuchAttempt()
    return { deadlineAt: attempt.deadlineAt, now: Date.now() }
  })
}
