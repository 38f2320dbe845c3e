/** Writes the language of pseudo.ts into a folder, file by file. Knows where the English texts stand, and none of them. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pseudoTag } from './pseudo.ts'

/** Writes it as a translator would: files of the same names, each with the same exports. */
export async function writePseudo(folder: string): Promise<void> {
  const english = join(import.meta.dirname, '../en')
  for (const name of await readdir(english, { recursive: true })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    const source = await readFile(join(english, name), 'utf8')
    const exported = [
      ...source.matchAll(/^export const (\w+) = .*\btexts\($/gm),
      ...source.matchAll(/^export const (\w+) = .*\btexts\('/gm),
    ]
    const lines = [
      `import * as english from ${JSON.stringify(join(english, name))}`,
      `import { pseudoOf } from ${JSON.stringify(join(import.meta.dirname, 'pseudo.ts'))}`,
      ...exported.map(([, constant]) => `export const ${constant} = pseudoOf(english.${constant})`),
    ]
    const path = join(folder, pseudoTag, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${lines.join('\n')}\n`)
  }
}
