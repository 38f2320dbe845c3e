/** The address of a request, which may be any text at all: `//` is a valid request target and no URL. Knows no route. */
import type { IncomingMessage } from 'node:http'

const base = 'http://service'

/** Null when it is no address. */
export function requestUrl({ url = '/' }: Pick<IncomingMessage, 'url'>): URL | null {
  return URL.canParse(url, base) ? new URL(url, base) : null
}
