/** A real identity provider for tests, on a port of its own: whoever types a name at it is vouched for under that name. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export const client = { clientId: 'ringside', clientSecret: 'a secret of the client' }

export async function startIdentityProvider(redirectUri: string) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      { client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] },
    ],
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, name: `The one called ${id}` }),
    }),
  })
  server.on('request', provider.callback())
  return {
    issuer,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
