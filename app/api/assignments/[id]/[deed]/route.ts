/** POST: a plain form of an assignment's pages; which deeds there are is said in assignment-deeds.ts. */
import { notFound } from 'next/navigation'
import { assignmentDeeds } from '#/app/_server/assignment-deeds.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { personForm, requireClassroomMode } from '#/app/_server/form.ts'

interface Context {
  params: Promise<{ id: string; deed: string }>
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  const { id, deed: name } = await params
  const deed = Object.hasOwn(assignmentDeeds, name) ? assignmentDeeds[name] : undefined
  if (!deed) notFound()
  const page = `/assignments/${encodeURIComponent(id)}`
  const options = { back: deed.back ? `${page}/${deed.back}` : page }
  return personForm(request, options, async (person, form) => deed.run(await classroom(), person, id, form))
}
