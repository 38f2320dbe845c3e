/**
 * Whether a request that changes something comes from our own pages. The session cookie is SameSite=Lax already; this also refuses other
 * ports and subdomains of the same site, which Lax lets through. Knows no session.
 */
export function sameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin')
  if (origin === null) {
    const site = request.headers.get('sec-fetch-site')
    // Over plain HTTP, in a class's own network, a browser that only reads says neither; another site cannot see what is read.
    return site === 'same-origin' || (site === null && request.method === 'GET')
  }
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
  return URL.canParse(origin) && new URL(origin).host === host
}
