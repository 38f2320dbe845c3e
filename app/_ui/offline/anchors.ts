/**
 * Where things stand in a file that holds one chapter or several, and where a link of a chapter's text leads there: into the file if what it means is in it,
 * else to Ringside. Knows no chapter.
 */
export const anchorOf = (chapter: string, id?: string): string => (id ? `${chapter}--${id}` : chapter)

export const termAnchor = (term: string): string => `word--${term}`

export interface Destination {
  href: string
  /** Out of the file, to the Ringside that made it. */
  toRingside: boolean
}

interface Place {
  chapter: string
  /** The chapters that the file holds. */
  held: ReadonlySet<string>
  /** The address of Ringside, as the reader's browser knows it. */
  home: string
}

export function destination(href: string, { chapter, held, home }: Place): Destination {
  if (href.startsWith('#')) return { href: `#${anchorOf(chapter, href.slice(1))}`, toRingside: false }
  const [, slug = '', id] = /^\/chapters\/([^/#?]+)(?:#(.+))?$/.exec(href) ?? []
  if (held.has(slug)) return { href: `#${anchorOf(slug, id)}`, toRingside: false }
  if (href.startsWith('/')) return { href: `${home}${href}`, toRingside: true }
  return { href, toRingside: false }
}
