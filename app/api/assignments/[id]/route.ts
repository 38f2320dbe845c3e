/** POST {…, version}: the assignment as its editor has it, and which one was changed; answers with the new version. */
import { answer, body } from '#/app/_server/answer.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import type { AssignmentInput } from '#/classroom/assignments/input.ts'

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  requireClassroomMode()
  return answer(request, async (person) => {
    // The classroom reads it: every problem at once, each with its field.
    const { version, ...input } = ((await body(request)) ?? {}) as AssignmentInput & { version?: unknown }
    const changed = typeof version === 'string' ? version : undefined
    return {
      version: await (await classroom()).changeAssignment(person, (await params).id, input, changed),
    }
  })
}
