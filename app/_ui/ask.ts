/** One question to the app's own routes: every failure is a problem fit to be shown. Asks again for nothing. Knows no route and no React. */
import { troubleText } from '#/app/_text/en.ts'
import type { FieldProblem } from '#/classroom/refusal.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'

/** `fields`: of a form, what is wrong with which of them. */
export type Result<T> =
  | { ok: true; value: T }
  | { ok: false; status: number; problem: Problem; fields?: FieldProblem[] }

/** Longer than the slowest check; a network that is gone does not say so by itself. */
const patienceMs = 60_000

export const post = <T>(path: string, body: unknown = {}, how: RequestInit = {}): Promise<Result<T>> =>
  ask(path, {
    ...how,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

export async function ask<T>(path: string, request: RequestInit): Promise<Result<T>> {
  try {
    const response = await fetch(path, {
      ...request,
      signal: request.signal ?? AbortSignal.timeout(patienceMs),
    })
    const answer = await response.json().catch(() => null)
    if (response.ok && answer !== null) return { ok: true, value: answer as T }
    const { problem = troubleText.unexpected, fields } = answer ?? {}
    return { ok: false, status: response.status, problem, fields }
  } catch {
    return { ok: false, status: 0, problem: troubleText.network }
  }
}
