/**
 * `ringside lab shell ID`: a broken machine in this very terminal; with --check, another window grades it. Knows how to find the machine;
 * the keyboard and the screen are `terminal.ts`'s.
 */
import type { Command } from 'commander'
import type { LabFolder } from '../labs/folder.ts'
import { readAnswers } from './answers.ts'
import { parseSeed, runs } from './command.ts'
import { cliOwner, inLabRoom, type LabRoom, openCatalog } from './lab-room.ts'
import { CommandError, type ExitCode, print, printJson, say } from './output.ts'
import { createProgress } from './progress.ts'
import { serveTerminal } from './terminal.ts'
import { exitCodeOfVerdict, verdictText } from './verdict-text.ts'

interface Options {
  seed?: number
  check?: boolean
  answers?: string
  json?: boolean
}

export function addLabShell(lab: Command): void {
  const command = lab
    .command('shell')
    .description('a broken machine in this terminal; Ctrl-] ends it')
    .argument('<id>', 'the lab, as in `lab list`')
    .option('--seed <n>', 'the variant (a random one when left out)', parseSeed)
    .option('--check', 'grade the machine that runs in another window')
    .option('--answers <file|auto>', 'with --check: the diagnosis as JSON, or the reference')
  runs<Options, [string]>(command, shell)
}

async function shell(id: string, options: Options): Promise<ExitCode> {
  const folder = (await openCatalog()).get(id)
  return options.check ? checkRunning(folder, options) : openShell(folder, options)
}

async function openShell(folder: LabFolder, { seed, json, answers }: Options): Promise<ExitCode> {
  if (json || answers)
    throw new CommandError(
      '--json and --answers go with --check.',
      'Open the shell without them, grade it with --check.',
    )
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new CommandError(
      'A shell needs a terminal for its keyboard and its screen.',
      'Run it in a terminal, or use `lab try ID --fix FILE` to run a script.',
    )
  const variant = seed ?? Math.floor(Math.random() * 2 ** 31)
  const { id } = folder.lab.meta
  return inLabRoom<ExitCode>(async ({ withMachine }) => {
    const options = {
      lab: folder,
      seed: variant,
      owner: cliOwner(),
      onStep: (title: string) => say(`  ${title}`),
    }
    return withMachine<ExitCode>(options, async (machine) => {
      // The before-figures are taken while the ticket is read, as in the browser. A failure shows at the check.
      machine.baseline().catch(() => {})
      say(`\n${folder.ticket.trim()}\n`)
      say(`Seed ${variant}. Grade it from another window: npm run ringside -- lab shell ${id} --check`)
      say('Ctrl-] ends the machine.\n')
      const how = await serveTerminal(machine)
      say(`\r\n${how}. The machine is gone.`)
      return 0
    })
  })
}

async function checkRunning(folder: LabFolder, { answers, json }: Options): Promise<ExitCode> {
  const diagnosis = readAnswers(answers, folder.lab)
  const progress = createProgress()
  const { verdict } = await inLabRoom(async (room) => {
    const machine = await findRunning(room, folder)
    try {
      await progress.step('before-figures', () => machine.baseline())
      return await progress.step('check', () => machine.check(diagnosis))
    } finally {
      machine.link.close()
    }
  }, progress)
  if (json) printJson(verdict)
  else print(verdictText(verdict))
  return exitCodeOfVerdict(verdict)
}

/** The newest, should there be several windows. */
async function findRunning({ sandboxes }: LabRoom, folder: LabFolder) {
  const { id } = folder.lab.meta
  const found = (await sandboxes.find({ owner: cliOwner(), lab: id })).filter(
    ({ container }) => container.running,
  )
  const newest = found.sort((a, b) => b.identity.started.localeCompare(a.identity.started))[0]
  if (newest) return sandboxes.attach(newest, folder)
  throw new CommandError(
    `No shell of the lab ${id} runs in another window.`,
    `Open one with \`npm run ringside -- lab shell ${id}\`.`,
  )
}
