/** GET ?from&name&state&assignment: a page of the gradebook, from wherever one has scrolled to. */
import { z } from 'zod'
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { filterOf } from '#/app/_server/gradebook.ts'
import { toWire } from '#/app/_ui/grades/wire.ts'

const fromSchema = z.coerce.number().int().min(0).max(1_000_000).catch(0)

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const { searchParams } = new URL(request.url)
    const { filter } = filterOf((name) => searchParams.get(name) ?? '')
    const from = fromSchema.parse(searchParams.get('from'))
    return toWire(await (await classroom()).gradebook(person, (await params).id, filter, from))
  })
}
