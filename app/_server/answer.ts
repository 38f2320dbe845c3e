/**
 * The frame of every API route: same origin, a person, JSON in, JSON out, and every error as a problem fit to be shown.
 * Knows nothing of what a route does.
 */
import 'server-only'
import { type Person, Refusal } from '#/classroom/index.ts'
import { problemText, troubleText } from '../_text/en.ts'
import { sameOrigin } from './origin.ts'
import { personOrNull } from './person.ts'
import { touchedRoom } from './room/hub.ts'
import { requireSize } from './size.ts'

/** Runs `work` for the person who asks; its result is the answer, as JSON unless it is a whole response. */
export async function answer<T>(request: Request, work: (person: Person) => Promise<T>): Promise<Response> {
  try {
    if (!sameOrigin(request)) throw new Refusal(403, problemText.otherOrigin)
    const person = await personOrNull()
    if (!person) throw new Refusal(401, problemText.signedOut)
    const result = await work(person)
    touchedRoom(person.id)
    if (result instanceof Response) return result
    return Response.json(result ?? {}, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return refused(error)
  }
}

/** Of a form with everything that it may hold: an assignment's text has 20,000 characters, each of them four bytes at most. */
const maxBytes = 256 * 1024

/** The body as JSON; anything else is refused. */
export async function body(request: Request): Promise<unknown> {
  requireSize(request, maxBytes)
  return request.json().catch(() => {
    throw new Refusal(400, problemText.badRequest)
  })
}

function refused(error: unknown): Response {
  const headers = { 'cache-control': 'no-store' }
  if (error instanceof Refusal) {
    const fields = error.fields.length > 0 ? { fields: error.fields } : {}
    return Response.json({ problem: error.problem, ...fields }, { status: error.status, headers })
  }
  console.error(error)
  return Response.json({ problem: troubleText.unexpected }, { status: 500, headers })
}
