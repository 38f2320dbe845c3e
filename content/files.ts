/**
 * The chapters as files: where they are, their names, their text. Knows nothing of what stands in them.
 */
import { existsSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface ChapterFile {
  /** Name within the folder of the chapters. */
  name: string
  slug: string
  /** The digits its name begins with; null when the name is not of the form `07-some-words.mdx`. */
  number: number | null
  text: string
}

/**
 * The checkout that holds this course: the nearest folder upwards that has content/chapters. Not `import.meta.url`, because a bundler may
 * have moved this module elsewhere.
 */
export function courseRoot(from = process.cwd()): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(/* turbopackIgnore: true */ folder, 'content', 'chapters'))) return folder
    if (folder === dirname(folder)) {
      throw new Error(
        `No content/chapters in ${from} or any folder above it. Start Ringside from inside its checkout.`,
      )
    }
  }
}

export const chaptersFolder = () => join(courseRoot(), 'content', 'chapters')

/** Younger than this, a file may be saved again under the same stamp: the clocks of file systems tick every few milliseconds. */
const settledMs = 100

const shelf = new Map<string, { stamp: string; file: ChapterFile }>()

/** As they are saved now. A file that was not saved since the last call is the very same object, by which others keep what they made of it. */
export async function readChapterFiles(folder: string): Promise<ChapterFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mdx')).sort()
  return Promise.all(names.map((name) => readChapterFile(folder, name)))
}

async function readChapterFile(folder: string, name: string): Promise<ChapterFile> {
  const path = join(/* turbopackIgnore: true */ folder, name)
  // Before the text: what is saved in between is read again at the next call. Synchronous, since a thread's turn costs more than the question.
  const { ino, size, mtimeMs, ctimeMs } = statSync(path)
  const stamp = [ino, size, mtimeMs, ctimeMs].join()
  const known = shelf.get(path)
  if (known?.stamp === stamp) return known.file
  const file = { ...fileName(name), text: await readFile(path, 'utf8') }
  if (Date.now() - ctimeMs > settledMs) shelf.set(path, { stamp, file })
  return file
}

export function fileName(name: string): Omit<ChapterFile, 'text'> {
  const match = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\.mdx$/.exec(name)
  if (!match?.[1] || !match[2]) return { name, slug: name.replace(/\.mdx$/, ''), number: null }
  return { name, slug: match[2], number: Number(match[1]) }
}
