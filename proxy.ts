/**
 * Gives every page a fresh nonce and a policy under which only scripts with that nonce run, and the address under which it was asked for. Knows no session.
 * Styles may be inline: the terminal and the highlighted code set them, and a style can run nothing.
 */
import { type NextRequest, NextResponse } from 'next/server'
import { askedHeader, askedPath } from './app/_server/back-to.ts'

export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentPolicy(nonce, request.nextUrl.host)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  headers.set(askedHeader, askedPath(request.nextUrl))
  const response = withToken(request) ?? NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** The address that `npm start` prints carries a token, which a page cannot turn into a cookie. */
function withToken({ nextUrl }: NextRequest): NextResponse | null {
  if (nextUrl.pathname !== '/signin' || !nextUrl.searchParams.has('token')) return null
  return NextResponse.rewrite(new URL(`/signin/token${nextUrl.search}`, nextUrl))
}

export const config = {
  matcher: [
    {
      source: '/((?!api/|ws/|_next/static|_next/image|icon.svg).*)',
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'purpose', value: 'prefetch' },
      ],
    },
  ],
}

function contentPolicy(nonce: string, host: string): string {
  // React's development build explains errors with eval; the production build needs none.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Older browsers do not count a WebSocket of the same host as 'self'.
    `connect-src 'self' ws://${host} wss://${host}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
