/**
 * `ringside lab prove`: runs what a lab says of itself on real machines and compares. Knows no lab.
 */
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import type { Verdict } from '../grader/verdict.ts'
import type { LabFolder } from '../labs/folder.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import { parseCount, runs } from './command.ts'
import { inParallel } from './in-parallel.ts'
import { inLabRoom, type LabRoom, openCatalog } from './lab-room.ts'
import { CommandError, type ExitCode, printJson, say } from './output.ts'
import { seconds } from './progress.ts'
import {
  byMachine,
  type PlannedRun,
  type ProvenLab,
  type ProvenRun,
  planCauses,
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
  fresh?: boolean
  json?: boolean
}

export function addLabProve(lab: Command): void {
  const command = lab
    .command('prove')
    .description(
      'unfixed fails, each solve* passes, each wrong/* fails at the criterion it names; where other variants have other causes, unfixed fails and solve.sh passes for each of them, too',
    )
    .argument('[id...]', 'the labs')
    .option('--all', 'every lab')
    .option('--twice', 'everything two times: what passes by luck shows')
    .option('--seeds <n>', 'so many variants of each lab', parseCount, 1)
    .option('--checks <n>', 'so many checks of each machine, which all must say the same', parseCount, 1)
    .option('--jobs <n>', 'machines at once', parseCount)
    .option('--fresh', 'a new machine for each script, in place of one that goes back to its broken start')
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
    fresh = false,
    causes = true,
  }: Partial<Pick<Options, 'twice' | 'checks' | 'jobs' | 'fresh'>> &
    Pick<Options, 'seeds'> & {
      /** Also those that these seeds have not. */
      causes?: boolean
    },
): Promise<ProvenLab[]> {
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1)
  const times = twice ? 2 : 1
  const plans = folders.flatMap((folder) => [
    ...planRuns(folder, numbers, times),
    ...(causes ? planCauses(folder, numbers, times) : []),
  ])
  const all = fresh ? plans.map((plan) => [plan]) : byMachine(plans)
  const isAlone = ([plan]: PlannedRun[]): boolean => plan?.folder.lab.alone === true
  const [alone, together] = [all.filter(isAlone), all.filter((runs) => !isAlone(runs))]
  say(`${plans.length} runs on ${all.length} machines, ${jobs} at once, ${alone.length} of them alone`)
  const prove = (runs: PlannedRun[]) => proveOnOne(room, runs, checks)
  const proven = [await inParallel(together, jobs, prove), await inParallel(alone, 1, prove)].flat(2)
  const runs = new Map([together, alone].flat(2).map((plan, i) => [plan, proven[i] as ProvenRun]))
  return folders.map((folder) => {
    const own = plans.filter((plan) => plan.folder === folder).map((plan) => runs.get(plan) as ProvenRun)
    return { lab: folder.lab.meta.id, ok: own.length > 0 && own.every(({ ok }) => ok), runs: own }
  })
}

/**
 * The runs of one variant on one machine: broken and measured once, kept as a moment, and gone back to before each further script. A script
 * that ends the machine has failed; the next begins on a new one.
 */
async function proveOnOne(room: LabRoom, plans: PlannedRun[], checks: number): Promise<ProvenRun[]> {
  const proven: ProvenRun[] = []
  while (proven.length < plans.length) {
    const done = proven.length
    const [first, ...others] = plans.slice(done) as [PlannedRun, ...PlannedRun[]]
    try {
      await room.withMachine({ lab: first.folder, seed: first.seed }, async (machine) => {
        await withBaseline(machine, nameOf(first))
        const start = others.length > 0 ? await machine.link.saveMoment('', { start: true }) : null
        proven.push(await proveOne(machine, first, checks))
        for (const plan of others) {
          if (!start || proven.at(-1)?.verdict === null || !(await isBack(machine, start.id, plan))) return
          proven.push(await proveOne(machine, plan, checks))
        }
      })
    } catch (error) {
      if (proven.length === done) proven.push(told(first, { verdict: null, reason: reasonOf(error) }, 0))
      else say(`  ${nameOf(first)}: its machine did not end well. ${reasonOf(error)}`)
    }
  }
  return proven
}

async function isBack(machine: RunningMachine, moment: number, plan: PlannedRun): Promise<boolean> {
  try {
    await machine.link.backTo(moment)
    return true
  } catch (error) {
    say(`  ${nameOf(plan)}: on a new machine, since this one did not go back. ${reasonOf(error)}`)
    return false
  }
}

const nameOf = ({ folder, script, seed }: PlannedRun): string =>
  `${folder.lab.meta.id} ${script}, seed ${seed}`

/** A machine that cannot be asked any more is a failed proof, with its reason and no verdict. */
async function proveOne(machine: RunningMachine, plan: PlannedRun, checks: number): Promise<ProvenRun> {
  const began = performance.now()
  const outcome = await runOnce(machine, plan, checks).catch((error) => ({
    verdict: null,
    reason: reasonOf(error),
  }))
  return told(plan, outcome, performance.now() - began)
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function told(plan: PlannedRun, outcome: Outcome, ms: number): ProvenRun {
  const { script, seed, expected } = plan
  const { verdict, reason } = outcome
  const ok = reason === null
  say(`${ok ? '✓' : '✗'} ${nameOf(plan)}  ${seconds(ms)}${ok ? '' : `: ${reason}`}`)
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

interface Outcome {
  verdict: Verdict | null
  /** Why it is not as expected. */
  reason: string | null
}

async function runOnce(machine: RunningMachine, plan: PlannedRun, checks: number): Promise<Outcome> {
  const { text, answers, expected } = plan
  const name = nameOf(plan)
  const fix = text === null ? { exitCode: 0, ms: 0 } : await machine.runScript(text)
  const verdict = await judged(machine, answers, fix.ms, name)
  const reason = whyNot(expected, verdict, fix.exitCode)
  for (let check = 2; reason === null && check <= checks; check++) {
    const other = whyOther(verdict, await judged(machine, answers, fix.ms, name))
    if (other) return { verdict, reason: `check ${check} of ${checks}: ${other}` }
  }
  return { verdict, reason }
}
