/**
 * `ringside lab try ID`: start, break, run a fix as root in the guest, grade. Knows no lab and no verdict's meaning.
 */
import type { Command } from 'commander'
import type { RunningMachine } from '../sandbox/machine.ts'
import { readAnswers, readFile } from './answers.ts'
import { parseSeed, runs } from './command.ts'
import { inLabRoom, openCatalog } from './lab-room.ts'
import { type ExitCode, print, printJson, say } from './output.ts'
import { createProgress, type Progress } from './progress.ts'
import { exitCodeOfVerdict, verdictText } from './verdict-text.ts'

interface Options {
  seed: number
  fix?: string
  answers?: string
  json?: boolean
}

export function addLabTry(lab: Command): void {
  const command = lab
    .command('try')
    .description('start a broken machine, run a fix in it, grade it')
    .argument('<id>', 'the lab, as in `lab list`')
    .option('--seed <n>', 'the variant', parseSeed, 1)
    .option('--fix <file>', 'a script to run as root in the guest')
    .option(
      '--answers <file|auto>',
      'the diagnosis as JSON; `auto` takes the reference, so that only the fix is judged',
    )
  runs<Options, [string]>(command, tryLab)
}

async function tryLab(id: string, { seed, fix, answers, json }: Options): Promise<ExitCode> {
  const folder = (await openCatalog()).get(id)
  const script = fix === undefined ? null : readFile(fix, '--fix')
  const diagnosis = readAnswers(answers, folder.lab)
  const progress = createProgress()
  const { verdict } = await inLabRoom(async ({ withMachine }) => {
    const work = async (machine: RunningMachine) => {
      await progress.step('before-figures', () => machine.baseline())
      const fixMs = script === null ? 0 : await runFix(progress, machine, script)
      return progress.step('check', () => machine.check(diagnosis, fixMs))
    }
    return withMachine({ lab: folder, seed, onStep: (title) => say(`  ${title}`) }, work)
  }, progress)
  if (json) printJson(verdict)
  else print(verdictText(verdict))
  return exitCodeOfVerdict(verdict)
}

/** A fix that fails is graded all the same: the machine decides, not the script. */
async function runFix(progress: Progress, machine: RunningMachine, script: string): Promise<number> {
  const run = await progress.step('fix', () => machine.runScript(script))
  if (run.exitCode === 0) return run.ms
  say(`The fix ended with ${run.timedOut ? 'a time-out' : `exit ${run.exitCode}`}:`)
  say(
    `${run.stdout}${run.stderr}`
      .trim()
      .split('\n')
      .slice(-10)
      .map((line) => `  ${line}`)
      .join('\n'),
  )
  return run.ms
}
