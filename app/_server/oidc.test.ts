/** The whole way to a real provider and back, with a browser made of fetch and a jar of cookies. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Flow, identityProvider } from './oidc.ts'
import { client, startIdentityProvider } from './testing/identity-provider.ts'

const redirectUri = 'http://127.0.0.1:4700/signin/oidc'
let issuer = ''
let stop = () => {}

beforeAll(async () => {
  for (const method of ['warn', 'info'] as const) vi.spyOn(console, method).mockImplementation(() => {})
  ;({ issuer, stop } = await startIdentityProvider(redirectUri))
})
afterAll(() => stop())

const settings = () => ({ issuer, ...client })

/** Signs in at the provider as `login` and agrees; answers with the query that it sends the browser back with. */
async function throughTheProvider(start: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let next: { url: string; body?: URLSearchParams } = { url: start }
  for (let step = 0; step < 20; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie },
      ...(next.body && { method: 'POST', body: next.body }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (location?.startsWith(redirectUri)) return new URL(location).search
    if (location) next = { url: new URL(location, next.url).href }
    else next = filledIn(await response.text(), next.url, login)
  }
  throw new Error('the provider does not send the browser back')
}

/** Its page asks for a name, then for consent. */
function filledIn(page: string, at: string, login: string) {
  const [, action = ''] = /<form[^>]* action="([^"]+)"/.exec(page) ?? []
  const [, prompt = ''] = /name="prompt" value="(\w+)"/.exec(page) ?? []
  const body = new URLSearchParams({ prompt, ...(prompt === 'login' && { login, password: 'any' }) })
  return { url: new URL(action, at).href, body }
}

it('says who somebody is, by issuer and subject', async () => {
  const provider = identityProvider(settings())
  const { url, flow } = await provider.begin(redirectUri)
  expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    state: flow.state,
    nonce: flow.nonce,
  })
  const query = await throughTheProvider(url, 'ada')
  expect(await provider.finish(redirectUri, query, flow)).toEqual({
    issuer,
    subject: 'ada',
    name: 'The one called ada',
  })
  await expect(provider.finish(redirectUri, query, flow)).rejects.toThrow()
})

it('lets nobody in with the values of another browser, nor without any', async () => {
  const provider = identityProvider(settings())
  const other = (await provider.begin(redirectUri)).flow
  const spoilt: ((flow: Flow) => Flow)[] = [
    (flow) => ({ ...flow, state: other.state }),
    (flow) => ({ ...flow, nonce: other.nonce }),
    (flow) => ({ ...flow, verifier: other.verifier }),
    () => other,
  ]
  for (const spoil of spoilt) {
    const { url, flow } = await provider.begin(redirectUri)
    const query = await throughTheProvider(url, 'ada')
    await expect(provider.finish(redirectUri, query, spoil(flow))).rejects.toThrow()
  }
  for (const query of ['', '?code=guessed', `?code=guessed&state=${other.state}`, '?error=access_denied']) {
    await expect(provider.finish(redirectUri, query, other)).rejects.toThrow()
  }
})

it('lets nobody in with a wrong secret of the client, and asks a provider again that did not answer', async () => {
  const provider = identityProvider({ ...settings(), clientSecret: 'not it' })
  const { url, flow } = await provider.begin(redirectUri)
  const query = await throughTheProvider(url, 'ada')
  await expect(provider.finish(redirectUri, query, flow)).rejects.toThrow()
  const nowhere = identityProvider({ ...settings(), issuer: 'http://127.0.0.1:9' })
  await expect(nowhere.begin(redirectUri)).rejects.toThrow()
  await expect(nowhere.begin(redirectUri)).rejects.toThrow()
})
