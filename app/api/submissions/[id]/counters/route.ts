/** GET: what the machine of a submission counted, second by second, for who teaches. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { fileResponse } from '#/app/_server/submission-file.ts'
import { countersType } from '#/sandbox/protocol/requests.ts'

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const { id } = await params
    const file = await (await classroom()).submissionCounters(person, id)
    return fileResponse(file, countersType, `ringside-${id.slice(0, 8)}.ndjson`)
  })
}
