/** POST: the owner says who may open cohorts. */
import { classroom } from '#/app/_server/classroom.ts'
import { personForm, requireClassroomMode } from '#/app/_server/form.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  return personForm(request, { back: '/people' }, async (person, { text }) => {
    const role = text('role') === 'instructor' ? 'instructor' : 'learner'
    await (await classroom()).appoint(person, text('person'), role)
    return { to: '/people', note: { said: 'saved' } }
  })
}
