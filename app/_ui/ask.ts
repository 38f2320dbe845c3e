/** One question to the app's own routes: every failure is a problem fit to be shown. Asks again for nothing. Knows no route and no React. */
import { troubleText } from '#/app/_text/en.ts'
import type { Problem } from '#/sandbox/protocol.ts'

export type Result<T> = { ok: true; value: T } | { ok: false; status: number; problem: Problem }

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
    const response = await fetch(path, { ...request, signal: AbortSignal.timeout(patienceMs) })
    const answer = await response.json().catch(() => null)
    if (response.ok && answer !== null) return { ok: true, value: answer as T }
    return { ok: false, status: response.status, problem: answer?.problem ?? troubleText.unexpected }
  } catch {
    return { ok: false, status: 0, problem: troubleText.network }
  }
}
