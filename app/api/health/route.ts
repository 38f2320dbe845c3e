/** GET: the app answers. Asks neither database nor service, so that it tells of the app alone. */
export const dynamic = 'force-dynamic'

export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
}
