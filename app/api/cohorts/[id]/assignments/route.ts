/** POST {…}: a new assignment, as a draft. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import type { AssignmentInput } from '#/classroom/assignments/input.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    // The classroom reads it: every problem at once, each with its field.
    const input = (await body(request)) as AssignmentInput
    return { id: await (await classroom()).makeAssignment(person, (await params).id, input) }
  })
}
