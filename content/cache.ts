/**
 * Remembers compiled chapters: in memory by their text, and by its hash in one file per chapter under .ringside/cache. A cache that cannot be
 * read or written costs time, never a page. Knows nothing of what is compiled.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { compileBody } from './compile.ts'
import { courseRoot } from './files.ts'
import { questionId, type RecallQuestion } from './recall.ts'
import { type Section, type TocEntry, tocEntrySchema } from './schema.ts'
import type { Inventory } from './tree.ts'

const entrySchema = z.object({
  key: z.string(),
  code: z.string(),
  toc: z.array(tocEntrySchema),
  questions: z.array(z.object({ id: z.string(), ask: z.string() })),
  terms: z.array(z.string()),
  sections: z.array(z.object({ id: z.string().nullable(), text: z.string(), typed: z.array(z.string()) })),
})

export interface CompiledChapter {
  code: string
  toc: TocEntry[]
  /** The recall questions, in the order of the text. */
  questions: RecallQuestion[]
  /** Ids of the glossary's terms that it explains. */
  terms: string[]
  sections: Section[]
}

const memory = new Map<string, { body: string; compiled: Promise<CompiledChapter> }>()

export function cachedCompile(slug: string, body: string): Promise<CompiledChapter> {
  const known = memory.get(slug)
  if (known?.body === body) return known.compiled
  const key = createHash('sha256').update(edition()).update(body).digest('hex')
  const compiled = fromDiskOrCompiler(slug, key, body)
  memory.set(slug, { body, compiled })
  // A failed compile is forgotten: what failed may have been the machine, not the text.
  compiled.catch(() => memory.get(slug)?.compiled === compiled && memory.delete(slug))
  return compiled
}

async function fromDiskOrCompiler(slug: string, key: string, body: string): Promise<CompiledChapter> {
  const folder = join(/* turbopackIgnore: true */ courseRoot(), '.ringside', 'cache', 'chapters')
  const path = join(/* turbopackIgnore: true */ folder, `${slug}.json`)
  const kept = await readEntry(path)
  if (kept?.key === key) {
    const { code, toc, questions, terms, sections } = kept
    return { code, toc, questions, terms, sections }
  }
  const { code, inventory } = await compileBody(body)
  const toc = inventory.toc.filter(({ depth }) => depth === 2 || depth === 3)
  const compiled = {
    code,
    toc: toc.map(({ id, text, depth }) => ({ id, text, depth })),
    questions: questionsOf(inventory),
    terms: termsOf(inventory),
    sections: inventory.sections,
  }
  await writeEntry(folder, path, JSON.stringify({ key, ...compiled }))
  return compiled
}

function questionsOf({ elements }: Inventory): RecallQuestion[] {
  const asked = elements.filter(({ name }) => name === 'Question').map(({ props }) => String(props.ask))
  return asked.map((ask) => ({ id: questionId(ask), ask }))
}

const termsOf = ({ elements }: Inventory): string[] =>
  elements.filter(({ name }) => name === 'Term').map(({ props }) => String(props.of))

async function readEntry(path: string): Promise<z.infer<typeof entrySchema> | null> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null // never written, cut short, or of an older edition: compile
  }
}

async function writeEntry(folder: string, path: string, text: string): Promise<void> {
  // Two processes may write at once; a rename shows each reader a whole file.
  const draft = `${path}.${process.pid}`
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(draft, text)
    await rename(draft, path)
  } catch {
    // A full or read-only disk: the next process compiles again.
  }
}

let compilers: string | undefined

/** What else the output depends on: how we compile, and the versions of the compilers. */
function edition(): string {
  compilers ??= [
    'content/compile.ts',
    'content/tree.ts',
    'content/sections.ts',
    'content/typed.ts',
    'package-lock.json',
  ]
    .map((file) => readFileSync(join(/* turbopackIgnore: true */ courseRoot(), file), 'utf8'))
    .join('\0')
  return compilers
}
