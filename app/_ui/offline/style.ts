/** The style sheet of a file to take along, as one text with the faces inside. Made once by a process that serves; each time while one writes. */
import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { courseRoot } from '#/content/files.ts'

let made: Promise<string> | undefined

export function offlineStyle(): Promise<string> {
  if (process.env.NODE_ENV !== 'production') return makeStyle()
  made ??= makeStyle().catch((error) => {
    made = undefined
    throw error
  })
  return made
}

async function makeStyle(): Promise<string> {
  const ui = join(/* turbopackIgnore: true */ courseRoot(), 'app', '_ui')
  const [tokens, sheet] = await Promise.all([
    readFile(join(/* turbopackIgnore: true */ ui, 'frame', 'tokens.css'), 'utf8'),
    bundled(join(/* turbopackIgnore: true */ ui, 'offline', 'offline.css')),
  ])
  return `${plainTokens(tokens)}${sheet}`
}

/** Tailwind's form of the tokens as one that browsers know. */
const plainTokens = (tokens: string): string =>
  tokens
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replace('@theme', ':root')
    .replaceAll(/--\w+-\*: initial;/g, '')
    .replaceAll(/\s+/g, ' ')

async function bundled(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'silent',
    // What the page's own sheet uses is not to be written in an older way.
    target: 'esnext',
    loader: { '.woff2': 'dataurl' },
  })
  return outputFiles[0]?.text ?? ''
}
