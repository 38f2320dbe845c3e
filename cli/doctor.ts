/**
 * `ringside doctor`: looks at everything Ringside needs and says of each whether it will do, and if not, what to do. Mends nothing, builds
 * nothing. Knows the order of the checks.
 */
import type { Command } from 'commander'
import { runs } from './command.ts'
import type { Finding } from './doctor/finding.ts'
import { findings } from './doctor/findings.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { type ExitCode, print, printJson } from './output.ts'

export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'looks at engine, devices, image, template, disk, memory, ports and database; boots a machine',
    )
  runs<{ json?: boolean }, []>(command, doctor)
}

async function doctor({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const env: Environment = readEnvironment()
  const found: Finding[] = []
  for (const look of findings(env)) {
    const finding = await look(found)
    found.push(finding)
    if (!json) print(line(finding))
  }
  const ok = found.every(({ status }) => status !== 'fail')
  if (json) printJson({ ok, checks: found })
  return ok ? 0 : 1
}

const signs = { ok: '✓', warn: '!', fail: '✗' } as const

function line({ title, status, detail, remedy }: Finding): string {
  const first = `${signs[status]} ${title}: ${detail}`
  return remedy && status !== 'ok' ? `${first}\n    What to do: ${remedy}` : first
}
