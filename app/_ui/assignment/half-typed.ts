/**
 * Dates of which a part is missing. A browser gives such a field out as empty, which here means none: so it is asked of the fields themselves before
 * anything is sent, and what was typed stays in them. Knows no form.
 */
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import type { Result } from '../ask.ts'

/** What an input says of itself. `badInput`: something stands in it, and no value can be made of it. */
interface Input {
  name: string
  validity: { badInput: boolean }
}

/** Sends only what is typed whole. */
export async function sendWhole<T>(
  inputs: Iterable<Input>,
  send: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const fields = [...inputs]
    .filter(({ validity }) => validity.badInput)
    .map(({ name }) => ({ field: name, what: text.what }))
  if (fields.length === 0) return send()
  const message = assignmentText.form.problems(fields.length)
  return { ok: false, status: 400, problem: { code: 'half-typed', message, remedy: text.remedy }, fields }
}

const text = assignmentText.halfTyped
