/** GET: one terminal of a submission as it was recorded, for who teaches. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { fileResponse } from '#/app/_server/submission-file.ts'
import { castType } from '#/sandbox/protocol/requests.ts'

interface Context {
  params: Promise<{ id: string; name: string }>
}

export function GET(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const { id, name } = await params
    const file = await (await classroom()).submissionRecording(person, id, name)
    return fileResponse(file, castType, `ringside-${id.slice(0, 8)}.cast`)
  })
}
