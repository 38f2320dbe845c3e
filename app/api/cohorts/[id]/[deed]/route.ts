/** POST: a form of a cohort's pages; which deeds there are is said in cohort-deeds.ts. */
import { notFound } from 'next/navigation'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortDeeds } from '#/app/_server/cohort-deeds.ts'
import { personForm, requireClassroomMode } from '#/app/_server/form.ts'

interface Context {
  params: Promise<{ id: string; deed: string }>
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  const { id, deed: name } = await params
  const deed = Object.hasOwn(cohortDeeds, name) ? cohortDeeds[name] : undefined
  if (!deed) notFound()
  const options = { back: `/cohorts/${encodeURIComponent(id)}${deed.back}`, keep: deed.keep ?? [] }
  // The frame has compared it with the host: it is the address under which this person knows the app.
  const origin = request.headers.get('origin') ?? ''
  return personForm(request, options, async (person, form) =>
    deed.run(await classroom(), person, id, form, origin),
  )
}
