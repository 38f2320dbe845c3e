/** POST {number}: the hint of that number, which is counted from now on. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { labTexts } from '#/app/_server/labs.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'

const asked = z.object({ number: z.number().int().min(1).max(20) })

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    const { id } = await params
    const hint = parsed.success ? (await labTexts(id))?.hints[parsed.data.number - 1] : undefined
    if (!parsed.success || !hint) throw new Refusal(400, problemText.badRequest)
    await (await classroom()).showHint(person, id, parsed.data.number)
    return hint
  })
}
