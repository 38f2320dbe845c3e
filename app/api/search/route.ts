/** GET: what the browser makes its search index of. */
import { answer } from '#/app/_server/answer.ts'
import { searchEntries } from '#/app/_server/search-entries.ts'

export function GET(request: Request): Promise<Response> {
  return answer(request, async () =>
    // Its own reader's, for the next page of this visit; no proxy may keep it.
    Response.json(await searchEntries(), { headers: { 'cache-control': 'private, max-age=300' } }),
  )
}
