/** POST: what the check page found out about one's own browser. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'

export function POST(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    await (await classroom()).keepDeviceCheck(person, await body(request))
  })
}
