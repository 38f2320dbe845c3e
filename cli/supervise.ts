/**
 * Keeps one child process alive: restarts it when it dies, a little later each time, gives up after three quick deaths and says its last
 * words. Knows nothing of what the child does.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandError } from './output.ts'

export interface ChildSpec {
  name: string
  command: string[]
  env: NodeJS.ProcessEnv
  cwd: string
  log: string
}

export interface Supervised {
  name: string
  /** The pid right now; changes with each restart. */
  pid: number | undefined
  /** Settles only with the error that made us give up. */
  failed: Promise<CommandError>
  /** SIGTERM to the child's whole group, SIGKILL to what is left after the grace. */
  stop(graceMs?: number): Promise<void>
}

export interface SuperviseOptions {
  onRestart: (line: string) => void
  /** Called with each new pid. */
  onStart: () => void
  backoffMs?: number
  quickDeathMs?: number
}

const quickDeaths = 3
const keptLogBytes = 5_000_000

export function supervise(spec: ChildSpec, options: SuperviseOptions): Supervised {
  const { backoffMs = 500, quickDeathMs = 10_000 } = options
  let child: ChildProcess
  let deaths = 0
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let fail: (error: CommandError) => void
  const supervised: Supervised = {
    name: spec.name,
    pid: undefined,
    failed: new Promise((resolve) => {
      fail = resolve
    }),
    async stop(graceMs = 5000) {
      stopping = true
      clearTimeout(timer)
      await endGroup(child, graceMs)
    },
  }

  function start(): void {
    const began = performance.now()
    child = launch(spec)
    supervised.pid = child.pid
    options.onStart()
    let gone = false
    const onGone = (how: string) => {
      if (gone) return
      gone = true
      supervised.pid = undefined
      if (!stopping) restart(how, performance.now() - began)
    }
    child.once('error', (error) => onGone(error.message))
    child.once('exit', (code, signal) => onGone(signal ? `signal ${signal}` : `exit ${code}`))
  }

  function restart(how: string, livedMs: number): void {
    deaths = livedMs < quickDeathMs ? deaths + 1 : 1
    if (deaths >= quickDeaths) {
      fail(gaveUp(spec, how))
      return
    }
    const pause = backoffMs * 2 ** (deaths - 1)
    options.onRestart(
      `${spec.name} ended (${how}); starting it again in ${pause / 1000} s. Its log: ${spec.log}`,
    )
    timer = setTimeout(start, pause)
  }

  start()
  return supervised
}

/** A group of its own: the terminal's Ctrl-C must not reach it past us, and its own children end with it. */
function launch({ command: [program = '', ...args], env, cwd, log }: ChildSpec): ChildProcess {
  mkdirSync(dirname(log), { recursive: true })
  const file = openLog(log)
  try {
    return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', file, file] })
  } finally {
    closeSync(file)
  }
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > keptLogBytes) renameSync(path, `${path}.1`)
  return openSync(path, 'a')
}

const gaveUp = ({ name, log }: ChildSpec, how: string) =>
  new CommandError(
    `${name} ended ${quickDeaths} times in a row (${how}). Its last words:\n${lastLines(log)}`,
    `The whole log is in ${log}. Mend what it says, then run \`npm start\` again.`,
  )

export function lastLines(path: string, count = 15): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
  } catch {
    return '(nothing)'
  }
}

async function endGroup(child: ChildProcess, graceMs: number): Promise<void> {
  const { pid } = child
  if (!pid || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  signalGroup(pid, 'SIGTERM')
  const force = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs)
  await gone
  clearTimeout(force)
  // What the leader left behind in its group has no reason to go on.
  signalGroup(pid, 'SIGKILL')
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
