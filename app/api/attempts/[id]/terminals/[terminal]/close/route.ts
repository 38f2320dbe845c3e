/** POST {force}: ends a shell; one that runs something only when forced. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { readTerminalRequest, type TerminalParams } from '#/app/_server/terminal-route.ts'
import { closeTerminalSchema } from '#/sandbox/protocol/requests.ts'

export function POST(request: Request, context: TerminalParams): Promise<Response> {
  return answer(request, async (person) => {
    const { id, terminal, asked } = await readTerminalRequest(request, context, closeTerminalSchema)
    return (await classroom()).closeTerminal(person, id, terminal, asked.force)
  })
}
