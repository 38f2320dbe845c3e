/** A Markdown syntax tree as the compiler's plugins see it. Types alone. */

/** The part of a Markdown syntax tree that matters here. */
export interface Node {
  type: string
  children?: Node[]
  position?: { start: { line: number } }
  value?: string
  depth?: number
  url?: string
  alt?: string | null
  lang?: string | null
  /** What stands behind the language of a code block. */
  meta?: string | null
  name?: string | null
  attributes?: Attribute[]
  data?: Record<string, unknown>
}
export interface Attribute {
  type: string
  name?: string
  value?: string | null | { value: string }
}
