/** `ringside content new SLUG`: the file of a new chapter, and what to do next. Knows no template. */
import type { Command } from 'commander'
import { runs } from './command.ts'
import { type ExitCode, print, printJson } from './output.ts'

export function addContentNew(content: Command): void {
  const command = content
    .command('new')
    .description('for authors: make the file of a new chapter; TODO marks what is yours to write')
    .argument('<slug>', 'its address: small letters, digits and -')
  runs<{ json?: boolean }, [string]>(command, create)
}

async function create(slug: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const { chaptersFolder } = await import('../content/files.ts')
  const { scaffoldChapter } = await import('./scaffold.ts')
  const { outline } = await import('../content/outline.ts')
  const file = `content/chapters/${await scaffoldChapter(slug, chaptersFolder())}`
  const isPlanned = (outline as readonly string[]).includes(slug)
  if (json) printJson({ slug, file })
  else
    print(
      [
        file,
        '',
        'Next:',
        ...(isPlanned
          ? []
          : [
              `  content/outline.ts                            name ${slug} there, so that labs can belong to it`,
            ]),
        '  npm run ringside -- content check             what is still to be written, file and line',
        `  npm run dev                                   shows it at /chapters/${slug}`,
        'docs/writing-a-chapter.md says what a chapter is made of.',
      ].join('\n'),
    )
  return 0
}
