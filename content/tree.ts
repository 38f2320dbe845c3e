/**
 * A plugin of the MDX compiler that gives headings their ids, turns links between chapter files into addresses of the app, and writes down
 * what a chapter contains: headings, components, links, pictures. Judges nothing; works on the syntax tree alone.
 */
import { fileName } from './files.ts'
import type { Attribute, Node } from './node.ts'
import { chapterPath, type Section, type TocEntry } from './schema.ts'
import { sectionsOf } from './sections.ts'
import { isRunnable } from './typed.ts'

export interface Inventory {
  toc: (TocEntry & { line: number })[]
  /** Every JSX element: those in small letters are plain HTML or SVG. A prop that is an expression is kept as its source. */
  elements: { name: string; props: Record<string, unknown>; line: number }[]
  links: { url: string; line: number }[]
  images: { alt: string | null; line: number }[]
  /** Fenced code blocks; `lang` is null when none is named. `text` only of those marked `run`. */
  code: { lang: string | null; line: number; text?: string }[]
  /** Lines of import and export statements. */
  modules: number[]
  /** The text under each heading of level 2 or 3, for the search. */
  sections: Section[]
}

export const emptyInventory = (): Inventory => ({
  toc: [],
  elements: [],
  links: [],
  images: [],
  code: [],
  modules: [],
  sections: [],
})

/** A prop given as `{expression}`: its value is known only when the page is rendered. */
class Expression {
  constructor(readonly source: string) {}
}

export function takeInventory(root: Node, inventory: Inventory): void {
  takeOutModules(root, inventory)
  const used = new Map<string, number>()
  walk(root, (node) => {
    const line = node.position?.start.line ?? 1
    if (node.type === 'heading') addHeading(node, line, used, inventory)
    if (node.type === 'code') {
      const run = isRunnable(node.meta) && { text: node.value ?? '' }
      inventory.code.push({ lang: node.lang ?? null, line, ...run })
    }
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement')
      addElement(node, line, inventory)
    if (node.type === 'image' || node.type === 'imageReference') {
      inventory.images.push({ alt: node.alt ?? null, line })
    }
    if ((node.type === 'link' || node.type === 'definition') && node.url !== undefined) {
      inventory.links.push({ url: node.url, line })
      node.url = linkTarget(node.url)
    }
  })
  inventory.sections = sectionsOf(root.children ?? [])
}

/** Import and export have no effect in a chapter. Those without a position are the compiler's own. */
function takeOutModules(root: Node, inventory: Inventory): void {
  const isModule = (node: Node) => node.type === 'mdxjsEsm' && node.position !== undefined
  inventory.modules.push(
    ...(root.children ?? []).filter(isModule).map((node) => node.position?.start.line ?? 1),
  )
  root.children = root.children?.filter((node) => !isModule(node))
}

/** `07-accept-queue.mdx#overflow` becomes the chapter's address; anything else stays as it is. */
function linkTarget(url: string): string {
  const match = /^(?:\.\/)?([^/#?]+\.mdx)(#.*)?$/.exec(url)
  return match?.[1] ? chapterPath(fileName(match[1]).slug, match[2]) : url
}

function addHeading(node: Node, line: number, used: Map<string, number>, inventory: Inventory): void {
  const text = plainText(node)
  const base = headingId(text)
  const times = (used.get(base) ?? 0) + 1
  used.set(base, times)
  const id = times === 1 ? base : `${base}-${times}`
  node.data = { ...node.data, hProperties: { id } }
  inventory.toc.push({ id, text, depth: node.depth ?? 1, line })
}

function headingId(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu)
  return words?.join('-') ?? 'section'
}

function addElement(node: Node, line: number, inventory: Inventory): void {
  const props: Record<string, unknown> = {}
  for (const { name, value } of node.attributes ?? []) if (name !== undefined) props[name] = propValue(value)
  // A fragment, <>…</>, has no name.
  const name = node.name ?? ''
  inventory.elements.push({ name, props, line })
  if (name === 'img') {
    const alt = props.alt instanceof Expression ? props.alt.source : (props.alt ?? null)
    inventory.images.push({ alt: alt === null ? null : String(alt), line })
  }
  if (name === 'a' && typeof props.href === 'string') inventory.links.push({ url: props.href, line })
}

function propValue(value: Attribute['value']): unknown {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value
  try {
    return JSON.parse(value.value)
  } catch {
    return new Expression(value.value)
  }
}

function plainText(node: Node): string {
  return node.value ?? (node.children ?? []).map(plainText).join('')
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const child of node.children ?? []) walk(child, visit)
}
