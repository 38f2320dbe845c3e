/**
 * Everything that is wrong with the glossary, and with a chapter's use of it. Knows the schema and the outline: that a meaning is true is its
 * author's word.
 */
import type { GlossaryTerm } from './glossary-schema.ts'
import { glossaryTermSchema } from './glossary-schema.ts'
import { outline } from './outline.ts'
import type { Inventory } from './tree.ts'

export interface GlossaryProblem {
  field: string
  message: string
}

export function checkGlossary(terms: readonly unknown[]): GlossaryProblem[] {
  const seen = new Set<string>()
  return terms.flatMap((term, index): GlossaryProblem[] => {
    const result = glossaryTermSchema.safeParse(term)
    if (!result.success) {
      return result.error.issues.map(({ path, message }) => ({ field: [index, ...path].join('.'), message }))
    }
    const { id, chapter } = result.data
    const problems: GlossaryProblem[] = []
    if (seen.has(id)) problems.push({ field: id, message: 'Another term has this id.' })
    seen.add(id)
    if (!(outline as readonly string[]).includes(chapter))
      problems.push({ field: id, message: `The course has no chapter ${chapter}.` })
    return problems
  })
}

/** A chapter explains a term once, where it speaks of it first; the next chapter may explain it anew to whoever begins there. */
export function termProblems(
  { elements }: Inventory,
  slug: string | null,
  terms: readonly GlossaryTerm[],
): { line: number; field: string; message: string }[] {
  const used = elements.filter(({ name, props }) => name === 'Term' && typeof props.of === 'string')
  const problems = used.flatMap(({ props, line }, index) => {
    const id = String(props.of)
    if (!terms.some((term) => term.id === id))
      return [{ line, field: 'Term.of', message: `content/glossary.ts has no term ${id}.` }]
    const first = used.slice(0, index).find((other) => other.props.of === id)
    if (!first) return []
    return [
      {
        line,
        field: 'Term.of',
        message: `This chapter explains ${id} already, in line ${first.line}; here the plain word is enough.`,
      },
    ]
  })
  const missing = terms.filter(
    ({ id, chapter }) => chapter === slug && !used.some(({ props }) => props.of === id),
  )
  return [
    ...problems,
    ...missing.map(({ id }) => ({
      line: 1,
      field: 'Term',
      message: `content/glossary.ts says that this chapter explains ${id}, but it has no <Term of="${id}">.`,
    })),
  ]
}
