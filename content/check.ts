/**
 * Everything that is wrong with the chapters, all at once, for their authors. Works on texts and on a list of labs; knows no sandbox and no
 * terminal. An empty list means that every chapter compiles, every name in it exists, and no part is missing.
 */
import { type Compiled, codeLanguages, compileBody, MdxError } from './compile.ts'
import { componentSchemas, isComponentName, isInstrument } from './components.ts'
import { type ChapterFile, chaptersFolder, readChapterFiles } from './files.ts'
import { fieldLine, type Parsed, parseFrontmatter } from './frontmatter.ts'
import { glossary } from './glossary.ts'
import { termProblems } from './glossary-check.ts'
import type { GlossaryTerm } from './glossary-schema.ts'
import { linkProblem } from './links.ts'
import { partProblems } from './parts.ts'
import type { Problem } from './schema.ts'
import type { Inventory } from './tree.ts'
import { runProblem } from './typed.ts'

/** What a chapter needs to know of a lab. */
export interface KnownLab {
  id: string
  /** Slug of the chapter that holds it. */
  chapter: string
}

/** What is known of one file after reading and compiling it; `inventory` is null when it does not compile. */
interface Read extends Parsed {
  file: ChapterFile
  inventory: Inventory | null
}

export async function checkCourse(labs: KnownLab[], folder = chaptersFolder()): Promise<Problem[]> {
  return checkChapters(await readChapterFiles(folder), labs)
}

export async function checkChapters(
  files: ChapterFile[],
  labs: KnownLab[],
  terms: readonly GlossaryTerm[] = glossary,
): Promise<Problem[]> {
  const read: Read[] = []
  for (const file of files) read.push(await readOne(file))
  const anchors = new Map(read.map(({ file, inventory }) => [file.name, anchorsOf(inventory)]))
  const problems = read.flatMap((one) => [
    ...one.problems,
    ...labProblems(one, labs),
    ...(one.inventory ? bodyProblems(one.file.name, one.inventory, anchors) : []),
    ...(one.inventory
      ? [...termProblems(one.inventory, one.file.slug, terms), ...partProblems(one.inventory)]
      : []
    ).map((problem) => ({ file: one.file.name, ...problem })),
  ])
  return [...problems, ...duplicates(read)].sort(
    (a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0),
  )
}

async function readOne(file: ChapterFile): Promise<Read> {
  const parsed = parseFrontmatter(file)
  try {
    const { inventory }: Compiled = await compileBody(parsed.body)
    return { ...parsed, file, inventory }
  } catch (error) {
    if (!(error instanceof MdxError)) throw error
    const problems = error.problems.map((problem) => ({ file: file.name, field: null, ...problem }))
    return { ...parsed, file, inventory: null, problems: [...parsed.problems, ...problems] }
  }
}

/** Null: the file does not compile, so its anchors are not known and links to them cannot be judged. */
const anchorsOf = (inventory: Inventory | null) => inventory && new Set(inventory.toc.map(({ id }) => id))

function bodyProblems(
  file: string,
  inventory: Inventory,
  anchors: Map<string, Set<string> | null>,
): Problem[] {
  const problem = (line: number, message: string, field: string | null = null): Problem => ({
    file,
    line,
    field,
    message,
  })
  return [
    ...inventory.modules.map((line) =>
      problem(line, 'No import or export here: components come from content/components.ts.'),
    ),
    ...inventory.elements.flatMap(({ name, props, line }) =>
      elementProblems(name, props).map(({ field, message }) => problem(line, message, field)),
    ),
    ...stoodAlready(inventory).map(({ name, line }) =>
      problem(line, `<${name} /> stands in this chapter already, and a page can have it only once.`, name),
    ),
    ...inventory.images
      .filter(({ alt }) => !alt?.trim())
      .map(({ line }) => problem(line, 'The picture needs a text that says what it shows.', 'alt')),
    ...inventory.code
      .filter(({ lang }) => !codeLanguages.some((known) => known === lang))
      .map(({ lang, line }) =>
        problem(
          line,
          `Code blocks name one of the languages ${codeLanguages.join(', ')}; this one says ${lang ?? 'none'}.`,
        ),
      ),
    ...inventory.code.flatMap(({ lang, line, text }) => {
      const message = text === undefined ? null : runProblem(lang, text)
      return message ? [problem(line, message, 'run')] : []
    }),
    ...headingProblems(inventory).map(({ line, message }) => problem(line, message)),
    ...inventory.links.flatMap(({ url, line }) => {
      const message = linkProblem(url, file, anchors)
      return message ? [problem(line, message, 'link')] : []
    }),
  ]
}

function elementProblems(name: string, props: Record<string, unknown>): { field: string; message: string }[] {
  if (!/^[A-Z]/.test(name)) return [] // plain HTML or SVG
  if (!isComponentName(name)) {
    const known = Object.keys(componentSchemas).join(', ')
    return [{ field: name, message: `There is no component <${name}>. There are ${known}.` }]
  }
  const result = componentSchemas[name].safeParse(props)
  if (result.success) return []
  return result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: `${name}.${key}`, message: `<${name}> takes no ${key}.` }))
      : [{ field: [name, ...issue.path].join('.'), message: issue.message }],
  )
}

/** An instrument has ids of its own on a page. */
function stoodAlready({ elements }: Inventory): Inventory['elements'] {
  return elements.filter(
    ({ name }, index) => isInstrument(name) && elements.findIndex((element) => element.name === name) < index,
  )
}

function headingProblems({ toc }: Inventory): { line: number; message: string }[] {
  return toc.flatMap(({ depth, line }, index) => {
    if (depth === 1)
      return [{ line, message: 'The title stands in the frontmatter; headings begin with ##.' }]
    const above = toc[index - 1]?.depth ?? 1
    return depth > Math.max(above, 1) + 1
      ? [{ line, message: `A heading of level ${depth} under one of level ${above}.` }]
      : []
  })
}

/** The labs of the frontmatter, those placed in the text, and those of the catalogue that name this chapter are the same. */
function labProblems({ file, meta, inventory }: Read, labs: KnownLab[]): Problem[] {
  if (!meta) return []
  const line = fieldLine(file.text.slice(4), ['labs'])
  const inFrontmatter = (message: string) => ({ file: file.name, line, field: 'labs', message })
  const placed = (inventory?.elements ?? [])
    .filter(({ name }) => name === 'Lab')
    .map(({ props, line }) => ({ id: String(props.id), line }))
  const problems = meta.labs.flatMap((id) => {
    const lab = labs.find((known) => known.id === id)
    if (!lab) return [inFrontmatter(`There is no lab ${id}.`)]
    if (lab.chapter !== meta.slug)
      return [inFrontmatter(`The lab ${id} says that its chapter is ${lab.chapter}.`)]
    if (inventory && !placed.some((one) => one.id === id)) {
      return [inFrontmatter(`The lab ${id} has no <Lab id="${id}"/> in the text.`)]
    }
    return []
  })
  const unlisted = placed.filter(({ id }) => !meta.labs.includes(id))
  return [
    ...problems,
    ...unlisted.map(({ id, line }) => ({
      file: file.name,
      line,
      field: 'Lab.id',
      message: labs.some((known) => known.id === id)
        ? `The lab ${id} is not among the labs of the frontmatter.`
        : `There is no lab ${id}.`,
    })),
  ]
}

function duplicates(read: Read[]): Problem[] {
  return (['number', 'slug'] as const).flatMap((field) =>
    read.flatMap(({ file }, index) => {
      const first = read
        .slice(0, index)
        .find((other) => file[field] !== null && other.file[field] === file[field])
      if (!first) return []
      return [
        {
          file: file.name,
          line: null,
          field,
          message: `${first.file.name} has the same ${field}, ${file[field]}.`,
        },
      ]
    }),
  )
}
