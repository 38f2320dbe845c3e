/** Sends what stands in a form and empties it once that has arrived. Knows no form but by these two. */
import type { Result } from '../../ask.ts'

export interface TypedForm {
  typed(): FormData
  reset(): void
}

export async function sendTyped<T>(
  form: TypedForm,
  send: (typed: FormData) => Promise<Result<T>>,
): Promise<Result<T>> {
  const sent = form.typed()
  const done = await send(sent)
  // What was typed meanwhile is the next one.
  if (done.ok && isSame(sent, form.typed())) form.reset()
  return done
}

const isSame = (one: FormData, other: FormData): boolean =>
  JSON.stringify([...one]) === JSON.stringify([...other])
