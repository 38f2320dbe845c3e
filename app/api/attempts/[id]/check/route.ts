/** POST {answers}: grades the machine as it is now. `answers` null: no diagnosis is given. */
import type { z } from 'zod'
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { problemText } from '#/app/_text/en.ts'
import { Refusal } from '#/classroom/index.ts'
import { checkRequestSchema } from '#/sandbox/protocol/requests.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(request, async (person) => {
    const asked = checkRequestSchema.safeParse(await body(request))
    if (!asked.success) throw new Refusal(400, { ...problemText.badDiagnosis, message: wrong(asked.error) })
    return (await classroom()).check(person, (await params).id, asked.data.answers)
  })
}

const wrong = (error: z.ZodError) =>
  problemText.badDiagnosisIn(error.issues.map((issue) => issue.path.at(-1)).join(', '))
