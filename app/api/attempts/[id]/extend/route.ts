/** POST: more time for the machine of this attempt. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => (await classroom()).extend(person, (await params).id))
}
