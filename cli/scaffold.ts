/**
 * Makes the folder of a new lab and the file of a new chapter out of cli/scaffold, whose files are type-checked where they lie. What the author has
 * to write says TODO, and `content check` lists it. Writes only what is not there yet.
 */
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError } from './output.ts'

const templates = join(dirname(fileURLToPath(import.meta.url)), 'scaffold')
const nameOf = { lab: 'new-lab', chapter: 'new-chapter' }

/** @returns the files it made, relative to the folder of the labs */
export async function scaffoldLab(id: string, labs: string): Promise<string[]> {
  demandName(id, 'A lab’s id')
  const folder = join(labs, id)
  // Under another name until it is whole: an interrupted scaffold is no lab.
  const unfinished = join(labs, `.${id}-${process.pid}`)
  await cp(join(templates, 'lab'), unfinished, { recursive: true })
  try {
    const entries = await readdir(unfinished, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
    for (const file of files) await writeFile(file, labText(await readFile(file, 'utf8'), id))
    await demandNothingAt(folder, id)
    await rename(unfinished, folder)
    return files.map((file) => join(id, file.slice(unfinished.length + 1))).sort()
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** A lab stands one folder higher than its template, beside the parts that all labs share. */
const labText = (text: string, id: string): string =>
  text
    .replaceAll("'../../../labs/", "'../")
    .replaceAll("'../../../grader/", "'../../grader/")
    .replaceAll(nameOf.lab, id)

/** @returns the name of the file that it made */
export async function scaffoldChapter(slug: string, chapters: string): Promise<string> {
  demandName(slug, 'A chapter’s slug')
  await mkdir(chapters, { recursive: true })
  const names = (await readdir(chapters)).filter((name) => name.endsWith('.mdx'))
  const same = names.find((name) => name.replace(/^\d\d-/, '') === `${slug}.mdx`)
  if (same)
    throw new CommandError(
      `There is a chapter ${same} already.`,
      'Take another slug, or write on in that file.',
    )
  const number = names.reduce((next, name) => Math.max(next, Number(/^\d\d/.exec(name)?.[0] ?? -1) + 1), 0)
  if (number > 99)
    throw new CommandError('The course has a chapter 99.', 'Renumber a chapter by its file name.')
  const name = `${String(number).padStart(2, '0')}-${slug}.mdx`
  const template = await readFile(join(templates, 'chapter', `${nameOf.chapter}.mdx`), 'utf8')
  await writeFile(join(chapters, name), template.replace('number: 99', `number: ${number}`), { flag: 'wx' })
  return name
}

function demandName(name: string, what: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 40) return
  throw new CommandError(
    `${what} cannot be ${JSON.stringify(name)}.`,
    'Take at most 40 small letters and digits in words joined by -, beginning with a letter: slow-disk.',
  )
}

/** `rename` would take an empty folder's place without a word. */
async function demandNothingAt(folder: string, id: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    if (error.code === 'ENOTDIR') return []
    throw error
  })
  if (there !== null)
    throw new CommandError(
      `There is a folder labs/${id} already.`,
      'Take another id, or write on in that folder.',
    )
}
