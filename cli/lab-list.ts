/**
 * `ringside lab list`: the catalogue. Knows no machine.
 */
import type { Command } from 'commander'
import { runs } from './command.ts'
import { openCatalog } from './lab-room.ts'
import { type ExitCode, print, printJson, table } from './output.ts'

export function addLabList(lab: Command): void {
  const command = lab
    .command('list')
    .description('all labs: chapter, minutes, difficulty, what one will be able to do')
  runs<{ json?: boolean }, []>(command, list)
}

async function list({ json }: { json?: boolean }): Promise<ExitCode> {
  const labs = (await openCatalog()).list().map(({ lab }) => lab.meta)
  if (json) printJson({ labs })
  else print(table(labs.map((lab) => [lab.id, `${lab.minutes} min`, lab.difficulty, lab.chapter, lab.title])))
  return 0
}
