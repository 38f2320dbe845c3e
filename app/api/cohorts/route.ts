/** POST: opens a cohort. */
import { classroom } from '#/app/_server/classroom.ts'
import { personForm, requireClassroomMode } from '#/app/_server/form.ts'

export function POST(request: Request): Promise<Response> {
  requireClassroomMode()
  return personForm(request, { back: '/cohorts', keep: ['name', 'timeZone'] }, async (person, { text }) => {
    const room = await classroom()
    const id = await room.openCohort(person, { name: text('name'), timeZone: text('timeZone') })
    return { to: `/cohorts/${id}/settings`, note: { said: 'opened' } }
  })
}
