/**
 * The page that somebody asked for before they were signed in, taken along through the ways in as `?to=`. Anybody can write it into a link, so only a
 * path of this site is one. Knows no way in.
 */

/** Set by proxy.ts on each request for a page, whatever the browser wrote there. */
export const askedHeader = 'x-ringside-asked'

/**
 * A path with its query, as the address bar has it; null for anything else. No `//host`, no `/\host`, and none of the characters that browsers leave out
 * (https://url.spec.whatwg.org/#concept-basic-url-parser): `/<tab>/host` is `//host` to them.
 */
export function readPath(text: unknown): string | null {
  return typeof text === 'string' && text.length <= 1_000 && /^\/(?![/\\])[!-~]*$/.test(text) ? text : null
}

/** What a page was asked for as, without what is the app's own in its address. */
export function askedPath({ pathname, searchParams }: URL): string {
  const kept = new URLSearchParams(searchParams)
  for (const own of ['_rsc', 'note']) kept.delete(own)
  const query = kept.toString()
  return query ? `${pathname}?${query}` : pathname
}

/** An address that takes the path along; nothing is added for none, or for the home page. */
export function withPath(address: string, to: string | null): string {
  if (to === null || to === '/') return address
  return `${address}${address.includes('?') ? '&' : '?'}to=${encodeURIComponent(to)}`
}

/** What a request takes along. */
export const pathOf = (request: Request): string | null =>
  readPath(new URL(request.url).searchParams.get('to'))
