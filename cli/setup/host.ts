/**
 * What set-up may ask of this machine and do to it. One port, so that every decision can be tried on machines we do not have. Knows no
 * Docker and no step.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { accessSync, constants, existsSync, openSync, readFileSync, statfsSync } from 'node:fs'
import { freemem, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'

export interface RunResult {
  code: number
  output: string
}

export interface RunOptions {
  cwd?: string
  env?: Record<string, string | undefined>
}

export interface Host {
  platform: string
  arch: string
  root: boolean
  user: string
  /** Debian or one of its children: apt-get is there. */
  debian: boolean
  /** systemd runs as the first process. */
  systemd: boolean
  has(command: string): boolean
  exists(path: string): boolean
  read(path: string): string
  freeMb(path: string): number
  availableMemoryMb(): number
  /** Runs a program to its end; never throws for its exit code. 127 when it is not there. */
  run(command: string[], onLine?: (line: string) => void, options?: RunOptions): Promise<RunResult>
  /** Starts a program that outlives this one, its output in `logPath`. */
  startDetached(command: string[], logPath: string): { ended: Promise<number> }
  /** Ends every program that `run` has started and that has not ended by itself. */
  endRunning(): void
}

/** dpkg and services live in sbin, which a user's PATH may lack. */
const searchPath = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin']

export function thisHost(): Host {
  const release = text('/etc/os-release')
  return {
    platform: process.platform,
    arch: process.arch,
    root: process.getuid?.() === 0,
    user: userInfo().username,
    debian: /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release) && onPath('apt-get'),
    systemd: existsSync('/run/systemd/system'),
    has: onPath,
    exists: existsSync,
    read: text,
    freeMb: (path) => {
      const { bavail, bsize } = statfsSync(existing(path))
      return Math.floor((bavail * bsize) / 1024 / 1024)
    },
    availableMemoryMb: () => {
      const available = /^MemAvailable:\s+(\d+) kB/m.exec(text('/proc/meminfo'))?.[1]
      return Math.floor(available ? Number(available) / 1024 : freemem() / 1024 / 1024)
    },
    run,
    endRunning,
    startDetached(command, logPath) {
      const log = openSync(logPath, 'a')
      const child = launch(command, { detached: true, stdio: ['ignore', log, log] })
      child.unref()
      return {
        ended: new Promise((resolve) => {
          child.on('error', () => resolve(127))
          child.on('exit', (code) => resolve(code ?? 1))
        }),
      }
    },
  }
}

const running = new Set<ChildProcess>()

function run(
  command: string[],
  onLine?: (line: string) => void,
  options: RunOptions = {},
): Promise<RunResult> {
  const child = launch(command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: options.env as NodeJS.ProcessEnv,
  })
  running.add(child)
  let output = ''
  let rest = ''
  const hear = (data: Buffer) => {
    output = (output + data).slice(-100_000)
    const lines = (rest + data).split(/[\r\n]/)
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim()) onLine?.(line.trim())
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  return new Promise((resolve) => {
    const end = (code: number, words = output) => {
      running.delete(child)
      resolve({ code, output: words })
    }
    child.on('error', (error) => end(127, error.message))
    child.on('close', (code, signal) => end(code ?? (signal ? 130 : 1)))
  })
}

function endRunning(): void {
  for (const child of running) child.kill('SIGTERM')
}

function launch([program = '', ...args]: string[], options: SpawnOptions) {
  const env = {
    ...process.env,
    PATH: searchPath.join(delimiter),
    DEBIAN_FRONTEND: 'noninteractive',
    LC_ALL: 'C.UTF-8',
    ...options.env,
  }
  return spawn(program, args, { ...options, env })
}

function onPath(command: string): boolean {
  return searchPath.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The nearest folder that is there already: a home to be made lies on its parent's disk. */
function existing(path: string): string {
  return existsSync(path) ? path : existing(join(path, '..'))
}
