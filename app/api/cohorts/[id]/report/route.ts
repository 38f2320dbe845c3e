/** GET: the report of a cohort as CSV. */
import { answer } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'

interface Context {
  params: Promise<{ id: string }>
}

export function GET(request: Request, { params }: Context): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    const csv = await (await classroom()).reportCsv(person, (await params).id)
    return new Response(csv, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="report.csv"',
        'cache-control': 'no-store',
      },
    })
  })
}
