/**
 * What an author has still to write: the lines that say TODO, as `lab new` and `content new` leave them. Only `content check` asks: a lab that is
 * half written can be tried all the same. Knows no lab and no chapter.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Unwritten {
  /** Relative to the folder. */
  file: string
  line: number
  message: string
}

export async function unwrittenIn(folder: string): Promise<Unwritten[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && /\.(ts|sh|md|mdx)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
  const found = await Promise.all(
    files.map(async (file) =>
      unwritten(await readFile(file, 'utf8')).map((one) => ({
        file: file.slice(folder.length + 1),
        ...one,
      })),
    ),
  )
  return found.flat()
}

export const unwritten = (text: string): { line: number; message: string }[] =>
  text.split('\n').flatMap((line, index) => {
    const [, what = ''] = /\bTODO\b(.*)/.exec(line) ?? []
    if (!/\bTODO\b/.test(line)) return []
    const asked = what.replace(/^[\s:'"]+|[*'",>/\]\s]+$/g, '')
    return [{ line: index + 1, message: asked ? `Still to be written: ${asked}` : 'Still to be written.' }]
  })
