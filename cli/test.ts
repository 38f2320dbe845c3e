/**
 * `ringside test`, what `npm test` and CI run: sets up what is missing, then every check, every test and the proof of every lab, and counts.
 * Knows the order, no test.
 */
import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import type { LabFolder } from '../labs/folder.ts'
import { runs } from './command.ts'
import { readEnvironment, repository } from './environment.ts'
import { openHome } from './home.ts'
import { proveLabs } from './lab-prove.ts'
import { inLabRoom, openCatalog } from './lab-room.ts'
import { type ExitCode, explain, print, printJson, say } from './output.ts'
import { createProgress, seconds } from './progress.ts'
import { findingsLine } from './prove.ts'
import { ensureBrowser } from './setup/browser.ts'
import { ensureCompiler } from './setup/compiler.ts'
import { thisHost } from './setup/host.ts'
import { ensureOtherPostgres } from './setup/other-postgres.ts'
import { ensurePlayer } from './setup/player.ts'
import { prepareCode, prepareEngine, prepareSandboxes, type Setting } from './setup/prepare.ts'
import { Interrupted, onInterrupt } from './signals.ts'
import { add, type Counts, closingLine, countVitest, noCounts } from './test-counts.ts'

interface Options {
  json?: boolean
}

/** Of one run: its name, unless it is the project's; the paths it keeps to, all when none is given. */
interface VitestOptions {
  name?: string
  only?: string[]
  env?: Record<string, string>
}

/** Of one step, at the end; where more failed, the log has them. */
const mostLosses = 30

type Step = [name: string, run: () => Promise<Counts>]

export function addTest(program: Command): void {
  const command = program
    .command('test')
    .description('sets up what is missing, then runs every check, every test and the proof of every lab')
  runs<Options, []>(command, test)
}

/** Whatever happens, the last line says how many passed: a step that could not run has failed. */
async function test({ json }: Options): Promise<ExitCode> {
  const began = performance.now()
  const env = readEnvironment()
  const setting: Setting = {
    env,
    home: openHome(env.RINGSIDE_HOME),
    host: thisHost(),
    progress: createProgress(),
  }
  const interrupt = onInterrupt()
  let counts = noCounts
  const results: ({ step: string } & Counts)[] = []
  for (const [step, run] of steps(setting)) {
    say(`\n── ${step} `.padEnd(100, '─'))
    const stepBegan = performance.now()
    const outcome = await interrupt.unless(run()).catch((error) => failed(error))
    const { passed, failed: lost } = outcome
    say(
      `── ${step}: ${lost === 0 ? 'passed' : `${lost} failed`}, ${passed} passed  ${seconds(performance.now() - stepBegan)}`,
    )
    results.push({ step, ...outcome })
    counts = add(counts, outcome)
    if (outcome.interrupted) break
  }
  setting.host.endRunning()
  interrupt.forget()
  say(`\n${seconds(performance.now() - began)}`)
  for (const { step, failed: lost, losses } of results) {
    if (lost > 0) say(`✗ ${step}: ${lost} failed`)
    for (const loss of losses.slice(0, mostLosses)) say(`    ${loss}`)
  }
  if (json)
    printJson({ ...pick(counts), steps: results.map(({ step, ...rest }) => ({ step, ...pick(rest) })) })
  else print(closingLine(counts))
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1
}

function failed(error: unknown): Counts {
  const { message, remedy } = explain(error)
  say(message)
  if (remedy) say(`What to do: ${remedy}`)
  return { ...noCounts, failed: 1, interrupted: error instanceof Interrupted }
}

const pick = ({ passed, failed, skipped }: Counts) => ({ passed, failed, skipped })

function steps(setting: Setting): Step[] {
  const { host, progress } = setting
  const program = (path: string, ...args: string[]) => [
    process.execPath,
    join(repository, 'node_modules', path),
    ...args,
  ]
  const once = (work: () => Promise<unknown>) => async () => {
    await work()
    return { ...noCounts, passed: 1 }
  }
  return [
    ['set-up: database client', once(() => prepareCode(setting))],
    ['check: format', () => check(setting, npmRun('check:format'))],
    ['check: types', () => check(setting, npmRun('check:types'))],
    ['check: imports', () => check(setting, npmRun('check:imports'))],
    ['check: exports', () => check(setting, npmRun('check:exports'))],
    [
      'check: content',
      () => check(setting, [process.execPath, join(repository, 'cli/bootstrap.mjs'), 'content', 'check']),
    ],
    ['set-up: compiler', once(() => progress.step('compiler', (note) => ensureCompiler(host, note)))],
    ['set-up: player', once(() => progress.step('player', (note) => ensurePlayer(host, note)))],
    ['tests beside the code', () => vitest(setting, program('vitest/vitest.mjs'), 'unit')],
    [
      'tests of the classroom, on another PostgreSQL',
      () => onOtherPostgres(setting, program('vitest/vitest.mjs')),
    ],
    ['set-up: engine', once(() => prepareEngine(setting))],
    ['set-up: sandboxes', once(() => prepareSandboxes(setting))],
    ['set-up: browser', once(() => browser(setting))],
    ['tests on the real parts', () => vitest(setting, program('vitest/vitest.mjs'), 'integration')],
    ['proof of the labs', proveAll],
  ]
}

const npmRun = (script: string) => ['npm', 'run', '--silent', script]

async function browser({ host, progress }: Setting): Promise<void> {
  process.env.CHROMIUM_PATH = await progress.step('browser', (note) => ensureBrowser(host, note))
}

async function check({ host }: Setting, command: string[]): Promise<Counts> {
  const { code } = await host.run(command, say, { cwd: repository })
  return { ...noCounts, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

/** The classroom's tests once more, on Debian's PostgreSQL, which is years older than the embedded one. Where it cannot be had they count as skipped. */
async function onOtherPostgres(setting: Setting, command: string[]): Promise<Counts> {
  const { home, host, progress } = setting
  const { ensureDatabase } = await import('../classroom/postgres.ts')
  const { findPrograms } = await import('../classroom/postgres/binaries.ts')
  const { major } = await findPrograms()
  const programs = await progress.step('PostgreSQL', (note) => ensureOtherPostgres(host, major, note))
  if (!programs) {
    say(
      `Skipped: no other PostgreSQL than ${major} is installed. Install one, for instance Debian’s postgresql.`,
    )
    return { ...noCounts, skipped: 1 }
  }
  const server = await ensureDatabase({
    home: join(home.path, `test-postgres-${basename(programs)}`),
    programs,
    progress: say,
  })
  try {
    const env = { RINGSIDE_TEST_DATABASE_URL: server.url }
    return await vitest(setting, command, 'unit', { name: 'other-postgres', only: ['classroom/'], env })
  } finally {
    await server.stop()
  }
}

/** The counts come from vitest's own report; its exit code catches what no test reports, such as an error between two tests. */
async function vitest(
  { home, host }: Setting,
  command: string[],
  project: string,
  { name = project, only = [], env = {} }: VitestOptions = {},
): Promise<Counts> {
  const report = join(home.path, `vitest-${name}.json`)
  rmSync(report, { force: true })
  const { code } = await host.run(
    [
      ...command,
      'run',
      '--project',
      project,
      '--reporter=verbose',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...only,
    ],
    say,
    { cwd: repository, env: { CI: '1', NO_COLOR: '1', ...env } },
  )
  if (!existsSync(report))
    say(`vitest ended with exit ${code} and left no report: something ended it from outside.`)
  return countVitest(report, code)
}

async function proveAll(): Promise<Counts> {
  const catalog = await openCatalog()
  // The first lab on a new machine each time, as a learner has it; all of them so would take an hour. Of each lab the variant of one seed: its further
  // causes would take seven minutes more, and CI gives ninety in all. `lab prove --all` has them.
  const isFirst = ({ lab }: LabFolder) => lab.meta.id === 'accept-queue'
  const others = catalog.list().filter((one) => !isFirst(one))
  const labs = await inLabRoom(async (room) => [
    ...(await proveLabs(room, catalog.list().filter(isFirst), { seeds: 1, fresh: true, causes: false })),
    ...(await proveLabs(room, others, { seeds: 1, causes: false })),
  ])
  const passed = labs.filter(({ ok }) => ok).length
  const losses = labs.flatMap(({ lab, runs }) =>
    runs
      .filter(({ ok }) => !ok)
      .map(
        ({ script, seed, reason, verdict }) =>
          `${lab} ${script}, seed ${seed}: ${reason}${verdict ? ` (${findingsLine(verdict)})` : ''}`,
      ),
  )
  return { ...noCounts, passed, failed: labs.length - passed, losses }
}
