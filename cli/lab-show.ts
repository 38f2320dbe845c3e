/**
 * `ringside lab show ID`: one lab as a learner meets it, with its criteria; never its cause. Knows no machine.
 */
import type { Command } from 'commander'
import { runs } from './command.ts'
import { openCatalog } from './lab-room.ts'
import { type ExitCode, print, printJson } from './output.ts'

export function addLabShow(lab: Command): void {
  const command = lab
    .command('show')
    .description('one lab: its ticket, objectives and criteria')
    .argument('<id>', 'the lab, as in `lab list`')
  runs<{ json?: boolean }, [string]>(command, show)
}

async function show(id: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const { lab, ticket } = (await openCatalog()).get(id)
  const { meta, criteria, questions = [] } = lab
  if (json) printJson({ ...meta, ticket, criteria, ...(lab.questions && { questions }) })
  else
    print(
      [
        `${meta.title} (${meta.id})`,
        `Chapter ${meta.chapter}, ${meta.minutes} minutes, ${meta.difficulty}`,
        '',
        ticket.trim(),
        '',
        'You will be able to',
        ...meta.objectives.map((objective) => `  - ${objective}`),
        ...(questions.length > 0 ? ['', 'Questions'] : []),
        ...questions.map(({ id, text, unit }) => `  - ${id}: ${text} (${unit})`),
        '',
        'Criteria',
        ...criteria.map(({ kind, title, maxPoints }) => `  - ${title} (${kind}, ${maxPoints} points)`),
        '',
        `Try it: npm run ringside -- lab shell ${meta.id}`,
      ].join('\n'),
    )
  return 0
}
