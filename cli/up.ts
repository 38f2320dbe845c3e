/**
 * `ringside up`, what `npm start` runs: all set-up that is missing, then database, service and app, then the address to open; Ctrl-C ends
 * what it started. Knows the words, not the steps.
 */
import type { Command } from 'commander'
import { runs } from './command.ts'
import { readEnvironment } from './environment.ts'
import { openHome } from './home.ts'
import { type ExitCode, print, printJson, say } from './output.ts'
import { seconds } from './progress.ts'
import { holdUp } from './running.ts'

interface Options {
  dev?: boolean
  json?: boolean
}

export function addUp(program: Command): void {
  const command = program
    .command('up')
    .description('sets up what is missing, starts Ringside and prints the address to open')
    .option('--dev', 'serve the app from its sources, for working on it')
  runs<Options, []>(command, up)
}

async function up({ dev = false, json = false }: Options): Promise<ExitCode> {
  const began = performance.now()
  const env = readEnvironment()
  const home = openHome(env.RINGSIDE_HOME)
  await holdUp({ env, home, dev }, ({ address, signInAddress }) => {
    const ms = performance.now() - began
    if (json) printJson({ address, signInAddress, startMs: Math.round(ms) })
    else print(`\nRingside is ready (${seconds(ms)}). Open\n\n  ${signInAddress}\n\nCtrl-C stops it.`)
  })
  say('Stopped. Sandboxes that still run are found again at the next start, or end by themselves.')
  return 0
}
