/** GET: what was recorded of the attempt's shells. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => (await classroom()).recordings(person, (await params).id))
}
