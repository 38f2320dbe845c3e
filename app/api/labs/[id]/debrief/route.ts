/** POST: the debrief of a lab that the person has passed. */
import { answer } from '#/app/_server/answer.ts'
import { labDebrief } from '#/app/_server/lab-page.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => ({ debrief: await labDebrief(person, (await params).id) }))
}
