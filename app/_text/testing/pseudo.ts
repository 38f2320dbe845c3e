/**
 * A language that nobody speaks, made of the English texts: each stands in brackets, with marks on its vowels, so that whatever was not taken from the
 * catalogue shows. Pure: it goes to the browser with the texts.
 */

export const pseudoTag = 'en-XA'

const marks: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
}

export const pseudo = (text: string): string =>
  `⟦${text.replaceAll(/[aeiouAEIOU]/g, (letter) => marks[letter] ?? letter)}⟧`

/** Every string in it, and whatever its functions say. */
export function pseudoOf(value: unknown): unknown {
  if (typeof value === 'string') return pseudo(value)
  if (typeof value === 'function') return (...given: unknown[]) => pseudoOf(value(...given))
  if (Array.isArray(value)) return value.map(pseudoOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, piece]) => [key, pseudoOf(piece)]))
}
