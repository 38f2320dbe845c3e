/** GET ?at=PATH: events for somebody who learns in a cohort: the room that is open for them, as often as it changes. Holding it open is being here. */
import { classroom } from '#/app/_server/classroom.ts'
import { environment } from '#/app/_server/environment.ts'
import { personOrNull } from '#/app/_server/person.ts'
import { roomHub } from '#/app/_server/room/hub.ts'
import { comeLater, eventStream, nothingToHear } from '#/app/_server/room/stream.ts'
import { whereAt } from '#/app/_server/room/where.ts'
import { CrowdedError } from '#/classroom/room/hub.ts'

export const dynamic = 'force-dynamic'

export async function GET(request: Request): Promise<Response> {
  const person = environment().RINGSIDE_MODE === 'classroom' ? await personOrNull() : null
  if (!person) return nothingToHear()
  const room = await classroom()
  const classes = await room.classes(person)
  if (classes.length === 0) return nothingToHear()
  const { item, assignment } = whereAt(new URL(request.url).searchParams.get('at') ?? '')
  const itemOf = assignment === null ? null : await room.classOf(person, assignment)
  // An assignment that is of none of their cohorts is no place.
  const seat = { person: person.id, item: assignment === null || itemOf ? item : null, itemOf }
  try {
    return eventStream(request, {
      begin: ({ news }) => roomHub().sit(classes, seat, news),
      // Another cohort, or one less: the next stream begins with those.
      stillMay: async () => String(await room.classes(person)) === String(classes),
    })
  } catch (error) {
    if (!(error instanceof CrowdedError)) throw error
    // Whoever has an open room is missing something, and tries again at once.
    return (await room.attendsRoom(person)) ? new Response(null, { status: 503 }) : comeLater()
  }
}
