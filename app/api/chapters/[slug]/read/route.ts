/** POST: the person has read this chapter. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'

export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return answer(request, async (person) => (await classroom()).markRead(person, (await params).slug))
}
