/** GET: what the browser makes its search index of. */
import { answer } from '#/app/_server/answer.ts'
import { searchEntries } from '#/app/_server/search-entries.ts'

export function GET(request: Request): Promise<Response> {
  return answer(request, async () =>
    // Its own reader's, as things are now: the next one at this browser may see less, the same one in a minute more.
    Response.json(await searchEntries(), { headers: { 'cache-control': 'no-store' } }),
  )
}
