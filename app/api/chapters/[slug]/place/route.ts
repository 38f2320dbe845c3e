/** POST {anchor}: the heading of this chapter that the person has reached. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { chapter } from '#/content/catalog.ts'

const asked = z.object({ anchor: z.string().min(1).max(200) })

export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const parsed = asked.safeParse(await body(request))
    const found = parsed.success ? await chapter((await params).slug) : null
    const anchor = found?.toc.find(({ id }) => id === parsed.data?.anchor)?.id
    if (!found || anchor === undefined) throw new Refusal(400, problemText.badRequest)
    await (await classroom()).keepPlace(person, found.meta.slug, anchor)
  })
}
