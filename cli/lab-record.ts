/**
 * `ringside lab record ID`: the evidence of real machines, broken, mended and mended wrongly, as the files that a lab's judge is tested on.
 * For authors. Knows no lab and no evidence's meaning.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { Command } from 'commander'
import type { Grading } from '../grader/grade.ts'
import type { LabFolder } from '../labs/folder.ts'
import { scriptsAt } from '../labs/scripts.ts'
import type { Evidence } from '../labs/shop/evidence.ts'
import { parseSeed, runs } from './command.ts'
import { inLabRoom, type LabRoom, openCatalog } from './lab-room.ts'
import { CommandError, type ExitCode, say } from './output.ts'

interface Options {
  seed: number
  only?: string
  json?: boolean
}

export function addLabRecord(lab: Command): void {
  const command = lab
    .command('record')
    .description('for authors: write the evidence of real machines to the lab’s folder `recorded`')
    .argument('<id>', 'the lab, as in `lab list`')
    .option('--seed <n>', 'the variant', parseSeed, 1)
    .option('--only <name>', '`broken`, or a script by its name without .sh')
  runs<Options, [string]>(command, record)
}

async function record(id: string, { seed, only }: Options): Promise<ExitCode> {
  const folder = (await openCatalog()).get(id)
  const { solves, wrongs } = scriptsAt(folder, seed)
  const all = [{ name: 'broken', script: '' }, ...solves, ...wrongs]
  const chosen = all.filter(({ name }) => only === undefined || basename(name, '.sh') === only)
  if (chosen.length === 0)
    throw new CommandError(
      `The lab ${id} has no script ${only}.`,
      `It has ${all.map(({ name }) => basename(name, '.sh')).join(', ')}.`,
    )
  mkdirSync(join(folder.folder, 'recorded'), { recursive: true })
  await inLabRoom(async (room) => {
    for (const one of chosen) await recordOne(room, folder, seed, one)
  })
  return 0
}

async function recordOne(
  { withMachine }: LabRoom,
  folder: LabFolder,
  seed: number,
  { name, script }: { name: string; script: string },
): Promise<void> {
  const { format } = await import('../labs/shop/recorded.ts')
  const evidence = await withMachine({ lab: folder, seed }, async (machine) => {
    const before = await machine.baseline()
    if (script === '') return before
    await machine.runScript(script)
    return afterOf(await machine.check(null), `${name}, seed ${seed}`)
  })
  const file = join(folder.folder, 'recorded', `${seed}-${basename(name, '.sh')}.txt`)
  writeFileSync(file, format(evidence as Evidence))
  say(`✓ ${relative(process.cwd(), file)}`)
}

/** A check whose collection failed gives a verdict all the same, `error`, and has nothing to record. */
export function afterOf({ after, verdict }: Grading, what: string): unknown {
  if (after !== null) return after
  const reason = verdict.criteria[0]?.feedback ?? 'The machine could not be asked.'
  throw new CommandError(
    `${what} was not recorded. ${reason}`,
    'Record it once more with --only, when the host has less to do (`uptime`).',
  )
}
