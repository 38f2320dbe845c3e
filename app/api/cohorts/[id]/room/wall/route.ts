/** GET: events for the wall of a cohort's workshop room: everything at first, then what changes. */
import { notFound } from 'next/navigation'
import { classroom } from '#/app/_server/classroom.ts'
import { personOrNull } from '#/app/_server/person.ts'
import { roomHub } from '#/app/_server/room/hub.ts'
import { eventStream } from '#/app/_server/room/stream.ts'
import { CrowdedError } from '#/classroom/room/hub.ts'

export const dynamic = 'force-dynamic'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const person = await personOrNull()
  const { id } = await params
  const room = await classroom()
  const may = async () =>
    person !== null &&
    (await room.room(person, id).then(
      () => true,
      () => false,
    ))
  if (!(await may())) notFound()
  try {
    return eventStream(request, { begin: ({ news }) => roomHub().watch(id, news), stillMay: may })
  } catch (error) {
    if (error instanceof CrowdedError) return new Response(null, { status: 503 })
    throw error
  }
}
