/** POST: the learner's machine for this lab of the assignment, the running one or a new attempt. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'

interface Context {
  params: Promise<{ id: string; lab: string }>
}

export function POST(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const { id, lab } = await params
    return (await classroom()).startTry(person, id, lab)
  })
}
