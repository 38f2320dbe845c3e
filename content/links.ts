/**
 * Judges one link of a chapter: to a heading of its own, to another chapter's file, or to the outside. Knows the anchors of each file,
 * never asks the network.
 */

/** Anchors by file name; null where a file does not compile and its anchors are not known. */
export type Anchors = ReadonlyMap<string, ReadonlySet<string> | null>

/** What is wrong with a link in `file`, or null. */
export function linkProblem(url: string, file: string, anchors: Anchors): string | null {
  if (/^(https:|mailto:)/.test(url)) return null
  if (url.startsWith('http:')) return `Use https: ${url}`
  const match = /^(?:\.\/)?([^/#?]+\.mdx)?(?:#(.+))?$/.exec(url)
  if (!match)
    return `Link to a chapter by its file, as in 07-accept-queue.mdx#overflow; ${url} is neither that nor an address.`
  const target = match[1] ?? file
  const known = anchors.get(target)
  if (known === undefined) return `There is no chapter ${target}.`
  const anchor = match[2]
  // Footnotes get their anchors from the compiler.
  if (!anchor || known === null || known.has(anchor) || anchor.startsWith('user-content-fn')) return null
  return `${target} has no heading #${anchor}.`
}
