/**
 * The chapters of the course, for the app: their table of contents, and one chapter compiled. Looks at the files at each call, so that a
 * saved chapter shows at once; reads, parses and compiles only what has changed. Throws on a malformed chapter; `check.ts` says everything that is wrong.
 */
import { cachedCompile } from './cache.ts'
import { type ChapterFile, chaptersFolder, readChapterFiles } from './files.ts'
import { parseFrontmatter } from './frontmatter.ts'
import type { Chapter, ChapterMeta } from './schema.ts'

export async function chapters(folder = chaptersFolder()): Promise<ChapterMeta[]> {
  const files = await readChapterFiles(folder)
  return files.map((file) => parsed(file).meta).sort((a, b) => a.number - b.number)
}

export async function chapter(slug: string, folder = chaptersFolder()): Promise<Chapter | null> {
  const file = (await readChapterFiles(folder)).find((candidate) => candidate.slug === slug)
  if (!file) return null
  const { meta, body } = parsed(file)
  return { meta, ...(await cachedCompile(slug, body)) }
}

/** All of them compiled, in order. */
export async function wholeCourse(folder = chaptersFolder()): Promise<Chapter[]> {
  const files = await readChapterFiles(folder)
  const all = files.map(parsed).sort((a, b) => a.meta.number - b.meta.number)
  return Promise.all(all.map(async ({ meta, body }) => ({ meta, ...(await cachedCompile(meta.slug, body)) })))
}

interface Parsed {
  meta: ChapterMeta
  body: string
}

const kept = new WeakMap<ChapterFile, Parsed>()

function parsed(file: ChapterFile): Parsed {
  const known = kept.get(file) ?? parse(file)
  kept.set(file, known)
  return known
}

function parse(file: ChapterFile): Parsed {
  const { meta, body, problems } = parseFrontmatter(file)
  if (meta && problems.length === 0) return { meta, body }
  const list = problems.map(({ line, field, message }) => `  line ${line ?? '-'} ${field ?? ''}: ${message}`)
  throw new Error(
    `The chapter ${file.name} is malformed. Run: npm run ringside -- content check\n${list.join('\n')}`,
  )
}
