/**
 * How much a request may bring. Nothing is read before its length is known: the app is one process, and what one browser sends must not take the
 * memory that everybody's work is in. Who does not say how much it is (a chunked body) is refused; browsers say it. Knows no route.
 */
import { Refusal } from '#/classroom/index.ts'
import { problemText } from '../_text/en/problem.ts'

export function requireSize(request: Request, maxBytes: number): void {
  const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  // Also what is no number.
  if (!(length <= maxBytes)) throw new Refusal(413, problemText.tooLarge)
}
