/** POST: a roster as the bytes of its file. ?apply=yes adds its people, else it is only looked at. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { requireSize } from '#/app/_server/size.ts'
import { rosterLimits } from '#/classroom/roster.ts'

interface Context {
  params: Promise<{ id: string }>
}

export function POST(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const { id } = await params
    // One byte more is enough to be told that it is too large.
    requireSize(request, rosterLimits.bytes * 2)
    const file = new Uint8Array(await request.arrayBuffer())
    const room = await classroom()
    const apply = new URL(request.url).searchParams.get('apply') === 'yes'
    return apply ? room.applyRoster(person, id, file) : room.previewRoster(person, id, file)
  })
}
