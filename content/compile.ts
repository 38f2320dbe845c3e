/**
 * Compiles the body of a chapter to code the app can evaluate, with highlighted code blocks, heading ids and an inventory of what it
 * contains. Knows no React, no cache and no frontmatter.
 */
import { bundleMDX } from 'mdx-bundler'
import rehypePrettyCode, { type Options as PrettyCodeOptions } from 'rehype-pretty-code'
import remarkGfm from 'remark-gfm'
import { getSingletonHighlighter, type ShikiTransformer } from 'shiki'
import type { Node } from './node.ts'
import { emptyInventory, type Inventory, takeInventory } from './tree.ts'
import { isRunnable, typedIn } from './typed.ts'

export interface Compiled {
  code: string
  inventory: Inventory
}

export interface SyntaxProblem {
  line: number | null
  message: string
}

/** What the MDX compiler objects to. It stops at the first error, so there is rarely more than one. */
export class MdxError extends Error {
  override name = 'MdxError'
  constructor(readonly problems: SyntaxProblem[]) {
    super(problems.map(({ line, message }) => (line ? `line ${line}: ${message}` : message)).join('\n'))
  }
}

/** Languages of code blocks. A block in any other is a mistake that the compiler would silently show as plain text. */
export const codeLanguages = ['console', 'sh', 'c', 'ruby', 'ts', 'ini', 'text'] as const

/** Hands the line of a block that is marked `run` to the page, as `data-run` of its `pre`. */
const runnable: ShikiTransformer = {
  name: 'ringside:runnable',
  pre(node) {
    const line = isRunnable(this.options.meta?.__raw) ? typedIn(this.source)[0] : undefined
    if (line !== undefined) node.properties['data-run'] = line
  },
}

/** The theme's grey of comments is for white; on the ground of our code blocks it stands out by less than 4.5 to 1. */
const darkerComments: ShikiTransformer = {
  name: 'ringside:darker-comments',
  span(node) {
    const { style } = node.properties
    if (typeof style === 'string') node.properties.style = style.replace(/#66707b/i, '#57606A')
  },
}

const prettyCode: PrettyCodeOptions = {
  transformers: [runnable, darkerComments],
  theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  keepBackground: false,
  bypassInlineCode: true,
  // One highlighter for the whole process: loading grammars costs half a second, using them a few milliseconds.
  getHighlighter: (options) =>
    getSingletonHighlighter({ ...options, langs: codeLanguages.filter((name) => name !== 'text') }),
}

export async function compileBody(body: string): Promise<Compiled> {
  const inventory = emptyInventory()
  const inventoryPlugin = () => (root: Node) => takeInventory(root, inventory)
  try {
    const { code } = await bundleMDX({
      source: body,
      cwd: process.cwd(),
      mdxOptions: (options) => ({
        ...options,
        remarkPlugins: [...(options.remarkPlugins ?? []), remarkGfm, inventoryPlugin],
        rehypePlugins: [...(options.rehypePlugins ?? []), [rehypePrettyCode, prettyCode]],
      }),
      // Errors are ours to report, once and with the file's own lines.
      esbuildOptions: (options) => ({ ...options, logLevel: 'silent', target: 'es2022' }),
    })
    return { code, inventory }
  } catch (error) {
    throw mdxError(error) ?? error
  }
}

interface EsbuildMessage {
  text: string
  location: { line: number } | null
  detail?: { cause?: { reason?: string } }
}

function mdxError(error: unknown): MdxError | null {
  const { errors } = error as { errors?: EsbuildMessage[] }
  if (!Array.isArray(errors) || errors.length === 0) return null
  return new MdxError(
    errors.map(({ text, location, detail }) => {
      const message = detail?.cause?.reason ?? text
      return { line: location?.line || lineWithin(message), message }
    }),
  )
}

/** What is missing at the end of the file has no place of its own; the message says where it began: `<Aside>` (5:1-5:8). */
function lineWithin(message: string): number | null {
  const line = /\((\d+):\d+/.exec(message)?.[1]
  return line ? Number(line) : null
}
