/** GET: one recording, as a file to keep. It is text that a stranger's machine has written: never shown as a page. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { castType } from '#/sandbox/protocol/requests.ts'

interface Context {
  params: Promise<{ id: string; name: string }>
}

export function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (person) => {
    const { id, name } = await params
    const file = await (await classroom()).recording(person, id, name)
    return new Response(file, {
      headers: {
        'content-type': castType,
        'content-disposition': `attachment; filename="ringside-${id.slice(0, 8)}-${name}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  })
}
