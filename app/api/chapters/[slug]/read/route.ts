/** POST: the person has read this chapter. DELETE: they take that back. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'

interface Context {
  params: Promise<{ slug: string }>
}

export function POST(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => (await classroom()).markRead(person, (await params).slug))
}

export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => (await classroom()).markUnread(person, (await params).slug))
}
