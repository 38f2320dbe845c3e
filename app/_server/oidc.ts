/**
 * Signing in with an identity provider: OpenID Connect's code flow with PKCE, state and nonce, by openid-client. What comes out is who the provider
 * says that somebody is. Knows no account, no cookie and no page.
 */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { z } from 'zod'

export interface ProviderSettings {
  issuer: string
  clientId: string
  clientSecret: string
}

/** What a browser keeps between leaving and coming back; it proves that both were the same browser. */
export const flowSchema = z.object({ verifier: z.string(), state: z.string(), nonce: z.string() })
export type Flow = z.infer<typeof flowSchema>

const claimsSchema = z.object({
  iss: z.string().min(1).max(255),
  sub: z.string().min(1).max(255),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
})

export function identityProvider({ issuer, clientId, clientSecret }: ProviderSettings) {
  let known: Promise<Configuration> | undefined

  /** Asked once; a provider that did not answer is asked again. */
  function configuration(): Promise<Configuration> {
    const server = new URL(issuer)
    // The environment lets http:// through for this machine only.
    const execute = server.protocol === 'http:' ? [allowInsecureRequests] : []
    known ??= discovery(server, clientId, clientSecret, undefined, { execute, timeout: 10 }).catch(
      (error) => {
        known = undefined
        throw error
      },
    )
    return known
  }

  return {
    async begin(redirectUri: string): Promise<{ url: string; flow: Flow }> {
      const flow = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() }
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        state: flow.state,
        nonce: flow.nonce,
      })
      return { url: url.href, flow }
    },

    /** @throws when anything of it does not fit: state, nonce, issuer, audience, signature, time */
    async finish(
      redirectUri: string,
      query: string,
      { verifier, state, nonce }: Flow,
    ): Promise<{ issuer: string; subject: string; name: string }> {
      const back = new URL(redirectUri)
      back.search = query
      const tokens = await authorizationCodeGrant(await configuration(), back, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const { iss, sub, name, preferred_username } = claimsSchema.parse(tokens.claims())
      return { issuer: iss, subject: sub, name: name ?? preferred_username ?? '' }
    },
  }
}
