/** POST {question, knew}: the person's answer to a recall question of this chapter; when it is asked again. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { chapter } from '#/content/catalog.ts'

const asked = z.object({ question: z.string().max(12), knew: z.boolean() })

export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    const found = parsed.success ? await chapter((await params).slug) : null
    const known = found?.questions.some(({ id }) => id === parsed.data?.question)
    if (!parsed.success || !found || !known) throw new Refusal(400, problemText.badRequest)
    return (await classroom()).answerRecall(person, found.meta.slug, parsed.data.question, parsed.data.knew)
  })
}
