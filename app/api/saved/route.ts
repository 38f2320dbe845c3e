/** GET, in development only: an event each time a file of the course is saved. Nobody learns which. */
import { savedEvents } from '#/app/_server/saved.ts'

export function GET(request: Request): Response {
  if (process.env.NODE_ENV !== 'development') return new Response(null, { status: 404 })
  return new Response(savedEvents(request.signal), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' },
  })
}
