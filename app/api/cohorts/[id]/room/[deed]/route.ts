/** POST: what an instructor does on the wall of the workshop room; which deeds there are is said in room/deeds.ts. */
import { notFound } from 'next/navigation'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { roomDeeds } from '#/app/_server/room/deeds.ts'
import { roomHub } from '#/app/_server/room/hub.ts'

interface Context {
  params: Promise<{ id: string; deed: string }>
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id, deed: name } = await params
  const deed = Object.hasOwn(roomDeeds, name) ? roomDeeds[name] : undefined
  if (!deed) notFound()
  return answer(request, async (person) => {
    await deed(await classroom(), person, id, await body(request))
    roomHub().changed(id)
  })
}
