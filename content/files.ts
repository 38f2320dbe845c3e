/**
 * The chapters as files: where they are, their names, their text. Knows nothing of what stands in them.
 */
import { existsSync } from 'node:fs'
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

export async function readChapterFiles(folder: string): Promise<ChapterFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mdx')).sort()
  return Promise.all(
    names.map(async (name) => ({
      ...fileName(name),
      text: await readFile(join(/* turbopackIgnore: true */ folder, name), 'utf8'),
    })),
  )
}

export function fileName(name: string): Omit<ChapterFile, 'text'> {
  const match = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\.mdx$/.exec(name)
  if (!match?.[1] || !match[2]) return { name, slug: name.replace(/\.mdx$/, ''), number: null }
  return { name, slug: match[2], number: Number(match[1]) }
}
