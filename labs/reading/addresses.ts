/**
 * Ranges of IPv4 addresses in texts of the guest: rules, routes, files. Knows no lab.
 */

/** First and last address, both included. */
export interface Range {
  first: number
  last: number
}

/** Every address, prefix and range that a text names: `198.19.0.0/18`, `198.19.0.0-198.19.63.255`, `198.19.0.1`. */
export function rangesIn(text: string): Range[] {
  const found = text.matchAll(/(\d+(?:\.\d+){3})(?:\/(\d{1,2})\b|\s*-\s*(\d+(?:\.\d+){3}))?/g)
  return [...found].flatMap(([, from = '', length, to]) => {
    const first = numberOf(from)
    const last = to === undefined ? null : numberOf(to)
    if (first === null) return []
    return [last === null ? prefix(first, length === undefined ? 32 : Number(length)) : { first, last }]
  })
}

/** The routes of /proc/net/route, with their interfaces; `*` for one that leads nowhere. Numbers there are in the machine's byte order. */
export function routesOf(text: string): (Range & { device: string; length: number })[] {
  return text.split('\n').flatMap((line) => {
    const cells = line.trim().split(/\s+/)
    const [device = '', destination = ''] = cells
    const mask = cells[7] ?? ''
    if (!/^[0-9A-F]{8}$/.test(destination) || !/^[0-9A-F]{8}$/.test(mask)) return []
    const length = swapped(mask).toString(2).replaceAll('0', '').length
    return [{ device, length, ...prefix(swapped(destination), length) }]
  })
}

export const overlap = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last

/** An address as a number; null when it is none. */
export function numberOf(address: string): number | null {
  const bytes = address.split('.').map(Number)
  if (bytes.length !== 4 || bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255))
    return null
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

export const addressOf = (number: number): string =>
  [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.')

function prefix(address: number, length: number): Range {
  const size = 2 ** (32 - Math.min(32, length))
  const first = Math.floor(address / size) * size
  return { first, last: first + size - 1 }
}

const swapped = (hex: string): number => Number.parseInt((hex.match(/../g) ?? []).reverse().join(''), 16)
