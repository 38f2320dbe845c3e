/**
 * The labs as folders: finds them, loads them, and says everything that is wrong with them at once. One folder with a lab.ts is one lab.
 * Knows no sandbox and no database.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { labFields } from './check.ts'
import { emptyTexts, type Field, type LabFolder, readTexts } from './folder.ts'
import { playgroundId } from './playground/id.ts'
import { playgroundOf } from './playground/playground.ts'
import type { Lab } from './schema.ts'

/** One thing that is wrong with one file, for its author. */
export interface Problem {
  /** Relative to the folder of all labs. */
  file: string
  field: string | null
  message: string
}

export interface Catalog {
  list(): LabFolder[]
  /** The playground, too, which is in no list. @throws UnknownLabError */
  get(id: string): LabFolder
}

export class UnknownLabError extends Error {
  override name = 'UnknownLabError'
  constructor(id: string, known: string[]) {
    super(
      `There is no lab ${JSON.stringify(id)}. There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ') || 'none'}.`,
    )
  }
}

/** Some lab's folder is malformed; the message lists all problems. */
export class MalformedLabsError extends Error {
  override name = 'MalformedLabsError'
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    const lines = problems.map(
      ({ file, field, message }) => `  ${file}${field ? ` ${field}` : ''}: ${message}`,
    )
    super(`Labs are malformed. Run: npm run ringside -- content check\n${lines.join('\n')}`)
    this.problems = problems
  }
}

/** @throws MalformedLabsError */
export async function openCatalog(root = labsRoot()): Promise<Catalog> {
  const { labs, problems } = await readLabs(root)
  if (problems.length > 0) throw new MalformedLabsError(problems)
  const playground = playgroundOf(labs, ...(await playgroundTexts(root)))
  return {
    list: () => labs,
    get(id) {
      if (id === playgroundId) return playground
      const found = labs.find(({ lab }) => lab.meta.id === id)
      if (found) return found
      throw new UnknownLabError(
        id,
        labs.map(({ lab }) => lab.meta.id),
      )
    },
  }
}

/** Every lab that could be loaded, and every problem of every lab. */
export async function readLabs(root = labsRoot()): Promise<{ labs: LabFolder[]; problems: Problem[] }> {
  const entries = await readdir(root, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory() && looksLikeLab(join(root, entry.name)))
  const read = await Promise.all(names.map(({ name }) => readLab(root, name)))
  const labs = read.flatMap(({ lab }) => (lab ? [lab] : []))
  for (const one of labs) one.all = labs
  return {
    labs: labs.sort((a, b) => a.lab.meta.id.localeCompare(b.lab.meta.id)),
    problems: read.flatMap(({ problems }) => problems).sort((a, b) => a.file.localeCompare(b.file)),
  }
}

/**
 * The labs of the checkout that the process runs in: the nearest folder upwards that has them. Not `import.meta.url`, because a bundler may
 * have moved this module elsewhere.
 */
export function labsRoot(from = process.cwd()): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const labs = join(/* turbopackIgnore: true */ folder, 'labs')
    if (existsSync(join(labs, 'stages.ts'))) return labs
    if (folder === dirname(folder)) {
      throw new Error(`No labs in ${from} or any folder above it. Start Ringside from inside its checkout.`)
    }
  }
}

/** The program that breaks and mends, and what a learner reads beside the terminal. */
const playgroundTexts = (root: string): Promise<[string, string]> =>
  Promise.all([
    readFile(join(root, 'playground', 'fault'), 'utf8'),
    readFile(join(root, 'playground', 'guide.md'), 'utf8'),
  ])

/** A ticket without a lab.ts is a lab that somebody has begun: it is reported, not passed over. */
const looksLikeLab = (folder: string): boolean =>
  existsSync(join(folder, 'lab.ts')) || existsSync(join(folder, 'ticket.md'))

async function readLab(root: string, name: string): Promise<{ lab: LabFolder | null; problems: Problem[] }> {
  const folder = join(root, name)
  const { texts, problems: missing } = await readTexts(folder)
  const { lab, problem } = await load(join(folder, 'lab.ts'))
  const found: Field[] = [
    ...missing.filter(({ file }) => !(lab?.disguise && file === 'break.sh')),
    ...(problem ? [problem] : []),
    ...(lab ? labFields(lab, name, texts) : []),
  ]
  return {
    lab: lab && { folder, lab, ...(texts ?? emptyTexts) },
    problems: found.map(({ file, field, message }) => ({ file: `${name}/${file}`, field, message })),
  }
}

async function load(file: string): Promise<{ lab: Lab | null; problem: Field | null }> {
  const refuse = (message: string) => ({ lab: null, problem: { file: 'lab.ts', field: null, message } })
  if (!existsSync(file)) return refuse('The file is missing.')
  try {
    const module: unknown = await import(
      /* turbopackIgnore: true */ /* @vite-ignore */ pathToFileURL(file).href
    )
    const parsed = moduleSchema.safeParse(module)
    return parsed.success
      ? { lab: parsed.data.default as unknown as Lab, problem: null }
      : refuse(`The default export is not a lab: ${z.prettifyError(parsed.error)}`)
  } catch (error) {
    return refuse(`It cannot be loaded: ${error instanceof Error ? error.message : error}`)
  }
}

const callable = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'is not a function',
)
/** Just enough to look further without stumbling; `check.ts` looks at what the parts say. */
const moduleSchema = z.object({
  default: z.looseObject({
    meta: z.looseObject({ id: z.string() }),
    criteria: z.array(z.looseObject({})),
    questions: z.array(z.looseObject({ id: z.string() })).optional(),
    variant: callable,
    machine: callable,
    env: callable,
    surroundings: callable.optional(),
    disguise: callable.optional(),
    background: callable,
    verifyBroken: callable,
    collect: callable,
    brokenBaseline: callable,
    judge: callable,
    referenceAnswers: callable,
  }),
})
