/** POST {name}: the shell is called so from now on; blank takes the name away. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { readTerminalRequest, type TerminalParams } from '#/app/_server/terminal-route.ts'
import { renameTerminalSchema } from '#/sandbox/protocol/requests.ts'

export function POST(request: Request, context: TerminalParams): Promise<Response> {
  return answer(request, async (person) => {
    const { id, terminal, asked } = await readTerminalRequest(request, context, renameTerminalSchema)
    return (await classroom()).renameTerminal(person, id, terminal, asked.name)
  })
}
