/**
 * `ringside lab list`: the catalogue. Knows no machine.
 */
import type { Command } from 'commander'
import type { LabMeta } from '../labs/schema.ts'
import { runs } from './command.ts'
import { openCatalog } from './lab-room.ts'
import { type ExitCode, print, printJson, table } from './output.ts'

export function addLabList(lab: Command): void {
  const command = lab
    .command('list')
    .description(
      'all labs: minutes, difficulty, stage, chapter; with --json also what one will be able to do',
    )
  runs<{ json?: boolean }, []>(command, list)
}

async function list({ json }: { json?: boolean }): Promise<ExitCode> {
  const labs = (await openCatalog()).list().map(({ lab }) => lab.meta)
  if (json) printJson({ labs })
  else print(table(labs.map(row)))
  return 0
}

const row = ({ id, minutes, difficulty, stage, chapter, title }: LabMeta): string[] => [
  id,
  `${minutes} min`,
  difficulty,
  stage ?? 'anywhere',
  chapter,
  title,
]
