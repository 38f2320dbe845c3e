/** POST {cohort, lab, hint}: the text of a hint, or of the solution (null), that was shown to the whole room. Markdown. */
import { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { labTexts } from '#/app/_server/labs.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { noSuchThing } from '#/classroom/refusal.ts'

const requestSchema = z.object({
  cohort: z.uuid(),
  lab: z.string().max(64),
  hint: z.number().int().min(1).max(20).nullable(),
})

export function POST(request: Request): Promise<Response> {
  return answer(request, async (person) => {
    const asked = requestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, problemText.badRequest)
    const { cohort, lab, hint } = asked.data
    const shown = await (await classroom()).reveals(person, cohort)
    if (!shown.some((one) => one.lab === lab && one.hint === hint)) throw noSuchThing()
    const texts = await labTexts(lab)
    const text = hint === null ? texts?.debrief : texts?.hints[hint - 1]?.text
    if (!text) throw noSuchThing()
    return { title: hint === null ? null : (texts?.hints[hint - 1]?.title ?? null), text }
  })
}
