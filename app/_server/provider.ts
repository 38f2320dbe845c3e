/** The identity provider of this house, if there is one, and under which address a browser comes back from it. */
import 'server-only'
import { environment } from './environment.ts'
import { identityProvider } from './oidc.ts'
import { isHttps } from './session-cookie.ts'

const shelf = globalThis as { ringsideProvider?: ReturnType<typeof identityProvider> }

/** The name for its button; null when there is none. */
export function providerName(): string | null {
  const { RINGSIDE_MODE, RINGSIDE_OIDC_NAME } = environment()
  return RINGSIDE_MODE === 'classroom' ? (RINGSIDE_OIDC_NAME ?? null) : null
}

/** @throws when there is none */
export function provider(): ReturnType<typeof identityProvider> {
  const env = environment()
  shelf.ringsideProvider ??= identityProvider({
    issuer: env.RINGSIDE_OIDC_ISSUER ?? '',
    clientId: env.RINGSIDE_OIDC_CLIENT_ID ?? '',
    clientSecret: env.RINGSIDE_OIDC_CLIENT_SECRET ?? '',
  })
  return shelf.ringsideProvider
}

/** Under the address that this browser uses, as far as it is one of ours: its cookie is of that address. */
export function redirectUri(request: Request): string {
  const origins = (environment().RINGSIDE_ORIGIN ?? '').split(',').filter(Boolean)
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? ''
  const asked = `${isHttps(request) ? 'https' : 'http'}://${host}`
  const origin = origins.includes(asked) ? asked : (origins[0] ?? asked)
  return `${origin}/signin/oidc`
}

export const flowCookie = 'ringside_oidc'
