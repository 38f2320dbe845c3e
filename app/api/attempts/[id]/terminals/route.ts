/** POST {cols, rows}: a new shell on the attempt's machine. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { openTerminalSchema } from '#/sandbox/protocol/requests.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const asked = openTerminalSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    return (await classroom()).openTerminal(person, (await params).id, asked.data)
  })
}
