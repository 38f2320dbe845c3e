/** GET: all that a submission was judged from, as a file, for who teaches. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { fileResponse } from '#/app/_server/submission-file.ts'

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const { id } = await params
    const { evidence } = await (await classroom()).dispute(person, id)
    return fileResponse(
      JSON.stringify(evidence, null, 2),
      'application/json',
      `ringside-${id.slice(0, 8)}.json`,
    )
  })
}
