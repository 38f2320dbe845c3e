/**
 * `ringside lab prove`: runs what a lab says of itself on real machines and compares. Knows no lab.
 */
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import type { Verdict } from '../grader/verdict.ts'
import type { LabFolder } from '../labs/folder.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import { parseCount, runs } from './command.ts'
import { inLabRoom, type LabRoom, openCatalog } from './lab-room.ts'
import { CommandError, type ExitCode, printJson, say } from './output.ts'
import { seconds } from './progress.ts'
import {
  inParallel,
  type PlannedRun,
  type ProvenLab,
  type ProvenRun,
  planRuns,
  whyNot,
  whyOther,
} from './prove.ts'
import { verdictText } from './verdict-text.ts'

interface Options {
  all?: boolean
  twice?: boolean
  seeds: number
  checks: number
  jobs?: number
  json?: boolean
}

export function addLabProve(lab: Command): void {
  const command = lab
    .command('prove')
    .description('unfixed fails, each solve* passes, each wrong/* fails at the criterion it names')
    .argument('[id...]', 'the labs')
    .option('--all', 'every lab')
    .option('--twice', 'everything two times: what passes by luck shows')
    .option('--seeds <n>', 'so many variants of each lab', parseCount, 1)
    .option('--checks <n>', 'so many checks of each machine, which all must say the same', parseCount, 1)
    .option('--jobs <n>', 'machines at once', parseCount)
  runs<Options, [string[]]>(command, prove)
}

async function prove(ids: string[], options: Options): Promise<ExitCode> {
  const folders = chosen(await openCatalog(), ids, options.all)
  const labs = await inLabRoom((room) => proveLabs(room, folders, options))
  if (options.json) printJson({ labs })
  return labs.every(({ ok }) => ok) ? 0 : 1
}

function chosen(
  catalog: { list(): LabFolder[]; get(id: string): LabFolder },
  ids: string[],
  all = false,
): LabFolder[] {
  if (all) return catalog.list()
  if (ids.length === 0)
    throw new CommandError('No lab was named.', 'Name one as in `lab list`, or say --all.')
  return ids.map((id) => catalog.get(id))
}

export async function proveLabs(
  room: LabRoom,
  folders: LabFolder[],
  {
    twice = false,
    seeds,
    checks = 1,
    jobs = Math.min(2, availableParallelism()),
  }: Partial<Pick<Options, 'twice' | 'checks' | 'jobs'>> & Pick<Options, 'seeds'>,
): Promise<ProvenLab[]> {
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1)
  const plans = folders.flatMap((folder) => planRuns(folder, numbers, twice ? 2 : 1))
  say(`${plans.length} runs, ${jobs} at once`)
  const results = await inParallel(plans, jobs, async (plan) => ({
    plan,
    run: await proveOne(room, plan, checks),
  }))
  return folders.map((folder) => {
    const own = results.filter(({ plan }) => plan.folder === folder).map(({ run }) => run)
    return { lab: folder.lab.meta.id, ok: own.length > 0 && own.every(({ ok }) => ok), runs: own }
  })
}

async function proveOne(room: LabRoom, plan: PlannedRun, checks: number): Promise<ProvenRun> {
  const { folder, script, seed, expected } = plan
  const name = `${folder.lab.meta.id} ${script}, seed ${seed}`
  const began = performance.now()
  const { verdict, reason } = await runOnce(room, plan, checks)
  const ok = reason === null
  say(`${ok ? '✓' : '✗'} ${name}  ${seconds(performance.now() - began)}${ok ? '' : `: ${reason}`}`)
  if (!ok && verdict) say(verdictText(verdict))
  return { script, seed, expected, ok, reason, verdict }
}

/** As the service does it: before-figures that could not be taken are taken again. */
async function withBaseline(machine: RunningMachine, name: string): Promise<void> {
  await machine.baseline().catch((error) => {
    say(`  ${name}: no before-figures, taking them again. ${error instanceof Error ? error.message : error}`)
    return machine.baseline()
  })
}

/** `error` judges nobody: a busy host, say. Whoever gets it is told to check again, so this does, once, and says so. */
async function judged(
  machine: RunningMachine,
  answers: PlannedRun['answers'],
  fixMs: number,
  name: string,
): Promise<Verdict> {
  const { verdict } = await machine.check(answers, fixMs)
  if (verdict.status !== 'error') return verdict
  const reason = verdict.criteria.find(({ status }) => status === 'error')?.feedback
  say(`  ${name}: not judged, checking again. ${reason}`)
  return (await machine.check(answers, fixMs)).verdict
}

/** A machine that does not come up is a failed proof, with its reason, and no reason to leave out the others. */
async function runOnce(
  room: LabRoom,
  { folder, script, text, answers, seed, expected }: PlannedRun,
  checks: number,
) {
  try {
    return await room.withMachine({ lab: folder, seed }, async (machine) => {
      const name = `${folder.lab.meta.id} ${script}, seed ${seed}`
      await withBaseline(machine, name)
      const fix = text === null ? { exitCode: 0, ms: 0 } : await machine.runScript(text)
      const verdict = await judged(machine, answers, fix.ms, name)
      const reason = whyNot(expected, verdict, fix.exitCode)
      for (let check = 2; reason === null && check <= checks; check++) {
        const other = whyOther(verdict, await judged(machine, answers, fix.ms, name))
        if (other) return { verdict, reason: `check ${check} of ${checks}: ${other}` }
      }
      return { verdict, reason }
    })
  } catch (error) {
    return { verdict: null, reason: error instanceof Error ? error.message : String(error) }
  }
}
