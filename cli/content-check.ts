/**
 * `ringside content check`: every problem of every chapter and lab at once, file and field. Knows no rule; `content` and `labs` do.
 */
import type { Command } from 'commander'
import { runs } from './command.ts'
import { type ExitCode, print, printJson } from './output.ts'

interface Problem {
  /** Relative to the checkout. */
  file: string
  line: number | null
  field: string | null
  message: string
}

export function addContentCheck(content: Command): void {
  const command = content
    .command('check')
    .description('every chapter and lab: all problems at once, with file and field')
  runs<{ json?: boolean }, []>(command, check)
}

async function check({ json }: { json?: boolean }): Promise<ExitCode> {
  const { problems, chapters, labs } = await checkContent()
  if (json) printJson({ ok: problems.length === 0, chapters, labs, problems })
  else print([...problems.map(line), summary(problems.length, chapters, labs)].join('\n'))
  return problems.length === 0 ? 0 : 1
}

export async function checkContent(): Promise<{ problems: Problem[]; chapters: number; labs: number }> {
  const { readLabs } = await import('../labs/catalog.ts')
  const { checkCourse } = await import('../content/check.ts')
  const { readChapterFiles, chaptersFolder } = await import('../content/files.ts')
  const { checkPocket } = await import('../content/pocket-check.ts')
  const { glossary } = await import('../content/glossary.ts')
  const { checkGlossary } = await import('../content/glossary-check.ts')
  const { pocket } = await import('../content/pocket.ts')
  const { outline } = await import('../content/outline.ts')
  const { unwrittenIn } = await import('./unwritten.ts')
  const { labs, problems: ofLabs } = await readLabs()
  const ofAuthors = await Promise.all(
    [
      ...labs.map(({ folder, lab }) => ({ folder, at: `labs/${lab.meta.id}` })),
      chaptersAt(chaptersFolder()),
    ].map(async ({ folder, at }) =>
      (await unwrittenIn(folder)).map(({ file, ...one }) => ({ ...one, file: `${at}/${file}`, field: null })),
    ),
  )
  const known = labs.map(({ lab }) => ({ id: lab.meta.id, chapter: lab.meta.chapter }))
  const ofChapters = await checkCourse(known)
  const files = await readChapterFiles(chaptersFolder())
  const homeless = known
    .filter(({ chapter }) => !(outline as readonly string[]).includes(chapter))
    .map(({ id, chapter }) => ({
      file: `labs/${id}/lab.ts`,
      line: null,
      field: 'meta.chapter',
      message: `The course has no chapter ${chapter}. It has ${outline.join(', ')}.`,
    }))
  return {
    problems: [
      ...ofLabs.map((problem) => ({ ...problem, file: `labs/${problem.file}`, line: null })),
      ...homeless,
      ...checkPocket(pocket).map((problem) => ({ file: 'content/pocket.ts', line: null, ...problem })),
      ...checkGlossary(glossary).map((problem) => ({ file: 'content/glossary.ts', line: null, ...problem })),
      ...ofChapters.map((problem) => ({ ...problem, file: `content/chapters/${problem.file}` })),
      ...ofAuthors.flat(),
    ],
    chapters: files.length,
    labs: labs.length,
  }
}

const chaptersAt = (folder: string) => ({ folder, at: 'content/chapters' })

const line = ({ file, line, field, message }: Problem): string =>
  `✗ ${file}${line === null ? '' : `:${line}`}${field ? ` ${field}` : ''}: ${message}`

function summary(problems: number, chapters: number, labs: number): string {
  const looked = `${chapters} chapters and ${labs} labs`
  if (problems === 0) return `✓ ${looked}, nothing wrong`
  return `${problems} ${problems === 1 ? 'problem' : 'problems'} in ${looked}`
}
