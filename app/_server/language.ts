/**
 * The house's language other than English: found at the start as files below a folder, bundled, spoken by this process, and kept as the script that
 * speaks it in browsers. The files are as trusted as the rest of the checkout. Knows no text.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { courseRoot } from '#/content/files.ts'

export interface LanguageScript {
  code: string
  /** Changes with the code, so that a browser may keep it for ever. */
  address: string
}

const shelf = globalThis as { ringsideLanguageScript?: LanguageScript }

/** Null in English, which every page speaks without a script. */
export const languageScript = (): LanguageScript | null => shelf.ringsideLanguageScript ?? null

export const ownLanguages = (): string => join(/* turbopackIgnore: true */ courseRoot(), 'app', '_text')

/** At the start of the process, before any text is asked for. @throws an error that says what to do */
export async function learnLanguage(tag: string, folder = ownLanguages()): Promise<void> {
  if (tag === 'en') return
  const code = await bundled(tag, join(/* turbopackIgnore: true */ folder, tag), folder)
  new Function(code)()
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 12)
  shelf.ringsideLanguageScript = { code, address: `/api/language?${hash}` }
}

async function bundled(tag: string, place: string, folder: string): Promise<string> {
  const files = existsSync(/* turbopackIgnore: true */ place) ? await readdir(place, { recursive: true }) : []
  const texts = files.filter((name) => /(?<!\.test)\.ts$/.test(name)).sort()
  if (texts.length === 0) throw new Error(noLanguage(tag, folder))
  const names = texts.map((_, index) => `texts${index}`)
  const root = courseRoot()
  const { outputFiles } = await build({
    stdin: {
      contents: [
        `import { languageOf } from ${JSON.stringify(join(/* turbopackIgnore: true */ root, 'app/_text/merge.ts'))}`,
        ...texts.map(
          (name, index) => `import * as ${names[index]} from ${JSON.stringify(join(place, name))}`,
        ),
        `globalThis.ringsideLanguage = languageOf(${JSON.stringify(tag)}, [${names.join(', ')}])`,
      ].join('\n'),
      resolveDir: root,
    },
    bundle: true,
    format: 'iife',
    minify: true,
    write: false,
    logLevel: 'silent',
    target: 'es2022',
    // Files anywhere may name ours as #/app/….
    tsconfig: join(/* turbopackIgnore: true */ root, 'tsconfig.json'),
  })
  return outputFiles[0]?.text ?? ''
}

function noLanguage(tag: string, folder: string): string {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  const there = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return `RINGSIDE_LANGUAGE is ${tag}, but ${join(folder, tag)} has no file that ends in .ts. There: ${there.join(', ') || 'no language at all'}. docs/translating.md says how one is added.`
}
