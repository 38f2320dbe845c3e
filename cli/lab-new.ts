/** `ringside lab new ID`: the folder of a lab of one's own, and what to do next. Knows no template. */
import type { Command } from 'commander'
import { runs } from './command.ts'
import { type ExitCode, print, printJson } from './output.ts'

export function addLabNew(lab: Command): void {
  const command = lab
    .command('new')
    .description('for authors: make the folder of a new lab; TODO marks what is yours to write')
    .argument('<id>', 'small letters, digits and -; the folder gets this name')
  runs<{ json?: boolean }, [string]>(command, create)
}

async function create(id: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const { labsRoot } = await import('../labs/catalog.ts')
  const { scaffoldLab } = await import('./scaffold.ts')
  const files = (await scaffoldLab(id, labsRoot())).map((file) => `labs/${file}`)
  if (json) printJson({ id, files })
  else
    print(
      [
        ...files,
        '',
        'Next:',
        '  npm run ringside -- content check             what is still to be written, file and line',
        `  npm run ringside -- lab shell ${id} --seed 1`,
        `  npm run ringside -- lab prove ${id}`,
        'docs/writing-a-lab.md goes through it file by file.',
      ].join('\n'),
    )
  return 0
}
