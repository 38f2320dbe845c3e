/** POST: the person's machine for this lab, the running one or a new one. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => (await classroom()).startLab(person, (await params).id))
}
