/**
 * The `ringside` command: puts the commands together and turns their outcome into an exit code. Knows no command's work; each file beside
 * this one is one command, and loads what is heavy only when it runs.
 */
import { Command, CommanderError } from 'commander'
import { addBench } from './bench.ts'
import { addContentCheck } from './content-check.ts'
import { addContentNew } from './content-new.ts'
import { addDoctor } from './doctor.ts'
import { addLabList } from './lab-list.ts'
import { addLabNew } from './lab-new.ts'
import { addLabProve } from './lab-prove.ts'
import { addLabRecord } from './lab-record.ts'
import { addLabShell } from './lab-shell.ts'
import { addLabShow } from './lab-show.ts'
import { addLabTry } from './lab-try.ts'
import { leave, printJson } from './output.ts'
import { addPool } from './pool.ts'
import { addTest } from './test.ts'
import { addUp } from './up.ts'

const program = new Command('ringside')
  .description('A course platform where every learner gets a kernel of their own.')
  .exitOverride()
  .showHelpAfterError('What to do: `npm run ringside -- --help` lists what there is.')

addUp(program)
addDoctor(program)
const lab = program.command('lab').description('the labs: list, show, try by hand, prove')
addLabList(lab)
addLabShow(lab)
addLabShell(lab)
addLabTry(lab)
addLabProve(lab)
addLabRecord(lab)
addLabNew(lab)
const content = program.command('content').description('chapters and labs as their authors wrote them')
addContentCheck(content)
addContentNew(content)
addBench(
  program
    .command('bench')
    .description('the figures of docs/performance.md, each beside what it is divided by'),
)
addPool(program)
addTest(program)

// `ringside lab list | head -1`: whoever reads has had enough, and that is no error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(Number(process.exitCode ?? 0))
    throw error
  })

await leave(await exitCode())

async function exitCode(): Promise<number> {
  try {
    await program.parseAsync()
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help that was asked for is an answer; help shown because no command was given is not.
    if (error.exitCode === 0) return 0
    const message = error.message.replace(/^error: /, '')
    const remedy = '`npm run ringside -- --help` lists what there is.'
    if (process.argv.includes('--json')) printJson({ error: { message, remedy } })
    return 2
  }
}
