/**
 * The words of a chapter, section by section, as the search knows them: prose, code, questions. What a term means is the glossary's, and found there. Works on the syntax tree after
 * its headings have their ids; knows no index.
 */
import type { Node } from './node.ts'
import type { Section } from './schema.ts'
import { typedIn } from './typed.ts'

export function sectionsOf(nodes: Node[]): Section[] {
  const sections: Section[] = [{ id: null, text: '', typed: [] }]
  for (const node of nodes) {
    const id = (node.data?.hProperties as { id?: string } | undefined)?.id
    if (node.type === 'heading' && id !== undefined) sections.push({ id, text: '', typed: [] })
    const section = sections.at(-1)
    if (!section) continue
    if (node.type !== 'heading') section.text = `${section.text} ${words(node)}`.trim()
    section.typed.push(...typedLines(node))
  }
  return sections.filter(({ id, text }) => id !== null || text !== '')
}

/** Blocks are parted by a space, what stands within a line is not: `rmem`s stays one word. */
const inline = ['paragraph', 'heading', 'emphasis', 'strong', 'link', 'delete']

function words(node: Node): string {
  if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression' || node.name === 'svg') return ''
  const own = node.value ?? (node.children ?? []).map(words).join(inline.includes(node.type) ? '' : ' ')
  const told = (node.attributes ?? []).flatMap(({ name, value }) =>
    typeof value === 'string' && ['ask', 'title', 'describes'].includes(name ?? '') ? [value] : [],
  )
  return [...told, own].join(' ').replace(/\s+/g, ' ')
}

function typedLines(node: Node): string[] {
  if (node.type === 'code' && node.lang === 'console') return typedIn(node.value ?? '')
  return (node.children ?? []).flatMap(typedLines)
}
